using Slipway.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Slipway.Core.Yaml;

/// <summary>
/// The first pass over a text: on the event stream, which is iterative and so survives any nesting. It finds what would
/// hurt the node loader or whoever walks its nodes (depth, alias bombs, collections that contain themselves, keys that are
/// collections) and every key that is given twice, and it records the events without those second values.
/// </summary>
internal sealed class YamlScanState(string file, YamlLimits limits, ICollection<Diagnostic> findings)
{
    private readonly Stack<Level> _levels = new();
    private readonly Dictionary<string, Extent> _anchors = new(StringComparer.Ordinal);
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly List<ParsingEvent> _events = [];
    private long _total;
    private int _skipping;
    private int _skipTo = -1;

    public IReadOnlyList<ParsingEvent> Events => _events;

    /// <summary>How far the scan came, for errors that do not say it themselves.</summary>
    public Mark Reached { get; private set; } = Mark.Empty;

    /// <summary>False when the text must not be loaded; the reason is among the findings.</summary>
    public bool Run(string text)
    {
        var parser = new Parser(new StringReader(text));
        while (parser.MoveNext())
        {
            if (parser.Current is not { } current)
            {
                continue;
            }

            Reached = current.End;
            var problem = current switch
            {
                DocumentStart => StartDocument(),
                SequenceStart or MappingStart => Open((NodeEvent)current),
                SequenceEnd or MappingEnd => Close(),
                Scalar scalar => Value(scalar, new Extent(1, 0)),
                AnchorAlias alias => Alias(alias),
                _ => null,
            };
            if (problem is not null)
            {
                findings.Add(problem);
                return false;
            }

            Record(current);
        }

        return true;
    }

    private Diagnostic? StartDocument()
    {
        // Anchors live as long as their document (YAML 1.2, section 3.2.2.2).
        _anchors.Clear();
        return null;
    }

    private Diagnostic? Open(NodeEvent current)
    {
        if (_levels.Count >= limits.Depth)
        {
            return Finding(current, $"nested more than {limits.Depth} levels deep");
        }

        if (IsKey)
        {
            return Finding(current, "a list or mapping as a key", "plain text before the ':'", "put quotes around a key that starts with '[', '{' or '?'");
        }

        if (Add(current, 1) is { } tooMany)
        {
            return tooMany;
        }

        var anchor = current.Anchor.IsEmpty ? null : current.Anchor.Value;
        // A name that is opened again inside itself stays open until its outermost end.
        var isOutermost = anchor is not null && _open.Add(anchor);
        _levels.Push(new Level(current is MappingStart, anchor, isOutermost));
        return null;
    }

    private Diagnostic? Close()
    {
        var level = _levels.Pop();
        var extent = new Extent(level.Nodes + 1, level.Height + 1);
        if (level.Anchor is { } anchor)
        {
            _anchors[anchor] = extent;
            if (level.IsOutermost)
            {
                _open.Remove(anchor);
            }
        }

        Grow(extent);
        return null;
    }

    private Diagnostic? Value(Scalar scalar, Extent extent)
    {
        if (!scalar.Anchor.IsEmpty)
        {
            _anchors[scalar.Anchor.Value] = extent;
        }

        if (Add(scalar, extent.Nodes) is { } tooMany)
        {
            return tooMany;
        }

        if (IsKey)
        {
            NoteKey(scalar);
        }

        Grow(extent);
        return null;
    }

    private Diagnostic? Alias(AnchorAlias alias)
    {
        var name = alias.Value.Value;
        if (IsKey)
        {
            return Finding(alias, $"alias *{Excerpt.Clean(name, 40)} as a key", "plain text before the ':'", "write the key out; a '*' at the start of text needs quotes");
        }

        if (_open.Contains(name))
        {
            return Finding(alias, $"alias *{Excerpt.Clean(name, 40)} stands inside what it names", null, "a value cannot contain itself");
        }

        if (!_anchors.TryGetValue(name, out var extent))
        {
            return Finding(alias, $"alias *{Excerpt.Clean(name, 40)} names nothing", $"an anchor &{Excerpt.Clean(name, 40)} before it", "a '*' at the start of text needs quotes");
        }

        if (_levels.Count + extent.Height > limits.Depth)
        {
            return Finding(alias, $"nested more than {limits.Depth} levels deep when aliases are followed");
        }

        if (Add(alias, extent.Nodes) is { } tooMany)
        {
            return tooMany;
        }

        Grow(extent);
        return null;
    }

    private bool IsKey => _levels.TryPeek(out var level) && level.ExpectsKey;

    private Diagnostic? Add(ParsingEvent current, long nodes)
    {
        _total += nodes;
        return _total > limits.Nodes ? Finding(current, $"more than {limits.Nodes:N0} values, aliases followed") : null;
    }

    /// <summary>A child of the open collection is complete.</summary>
    private void Grow(Extent extent)
    {
        if (_levels.TryPeek(out var level))
        {
            level.Nodes += extent.Nodes;
            level.Height = Math.Max(level.Height, extent.Height);
            level.Children++;
        }
    }

    private void NoteKey(Scalar scalar)
    {
        var keys = _levels.Peek().Keys;
        if (keys.TryAdd(scalar.Value, (int)scalar.Start.Line))
        {
            return;
        }

        findings.Add(Finding(scalar, $"key {Excerpt.Quote(scalar.Value)} is given twice; it stands on line {keys[scalar.Value]} already", "each key once", "keep one of the two"));
        // This key and the next complete value are not recorded, so that the loader sees the first value only.
        _skipping = Math.Max(_skipping, 1);
        _skipTo = _skipTo < 0 ? _levels.Count : _skipTo;
    }

    private void Record(ParsingEvent current)
    {
        if (_skipTo < 0)
        {
            _events.Add(current);
            return;
        }

        // The key itself comes first (skipping 1), then its value: done when we are back on the level of the key.
        if (_skipping == 1)
        {
            _skipping = 2;
        }
        else if (_levels.Count == _skipTo)
        {
            (_skipping, _skipTo) = (0, -1);
        }
    }

    private Diagnostic Finding(ParsingEvent current, string message, string? expected = null, string? hint = null) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = (int)current.Start.Line,
        Column = (int)current.Start.Column,
        Message = message,
        Expected = expected,
        Hint = hint,
    };

    /// <param name="Nodes">Values in it, itself included, aliases followed.</param>
    /// <param name="Height">Levels of collections in it, itself included.</param>
    private readonly record struct Extent(long Nodes, int Height);

    private sealed class Level(bool isMapping, string? anchor, bool isOutermost)
    {
        private Dictionary<string, int>? keys;

        public string? Anchor { get; } = anchor;

        public bool IsOutermost { get; } = isOutermost;

        public long Nodes { get; set; }

        public int Height { get; set; }

        public int Children { get; set; }

        public bool ExpectsKey => isMapping && Children % 2 == 0;

        /// <summary>Keys so far and the line of each.</summary>
        public Dictionary<string, int> Keys => keys ??= new(StringComparer.Ordinal);
    }
}
