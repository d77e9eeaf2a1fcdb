using Slipway.Core.Diagnostics;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Yaml;

/// <summary>
/// Reads YAML into nodes that keep key order, scalar text and style. Whatever is wrong with the text comes back as
/// findings with line and column; nothing throws and nothing overflows the stack.
/// </summary>
public static class YamlText
{
    /// <summary>The roots of all non-empty documents in <paramref name="text"/>; none when there are error findings.</summary>
    /// <param name="file">The name that findings carry.</param>
    public static IReadOnlyList<YamlNode> Load(string file, string text, ICollection<Diagnostic> findings, YamlLimits? limits = null)
    {
        limits ??= YamlLimits.Default;
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        if (FirstForbidden(file, text, limits) is { } forbidden)
        {
            findings.Add(forbidden);
            return [];
        }

        try
        {
            if (Measure(file, text, limits) is { } tooMuch)
            {
                findings.Add(tooMuch);
                return [];
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return [.. stream.Documents.Select(document => document.RootNode).Where(root => !IsEmpty(root))];
        }
        catch (YamlException error)
        {
            // The inner text is the real one where the parser wraps; AnchorNotFound and duplicate keys come this way too.
            var message = (error.InnerException ?? error).Message;
            findings.Add(Finding(file, error.Start, $"not valid YAML: {message.TrimEnd('.')}", "check the indentation, quotes and brackets before this place"));
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException or FormatException)
        {
            // The scanner has a few holes (an unclosed '[' before 'b:' is one) that surface without a position.
            findings.Add(Finding(file, Mark.Empty, $"not valid YAML: {error.Message.TrimEnd('.')}", "look for an unclosed bracket or quote"));
        }

        return [];
    }

    /// <summary>True for what an empty document or an explicit null loads as.</summary>
    public static bool IsEmpty(YamlNode node) =>
        node is YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } scalar && scalar.Value is null or "" or "~" or "null";

    private static Diagnostic? FirstForbidden(string file, string text, YamlLimits limits)
    {
        if (text.Length > limits.Characters)
        {
            return Finding(file, Mark.Empty, $"the text is {text.Length:N0} characters long; the limit is {limits.Characters:N0}", null);
        }

        var at = text.AsSpan().IndexOfAny(ForbiddenCharacters);
        if (at < 0)
        {
            return null;
        }

        var line = text.AsSpan(0, at).Count('\n') + 1;
        var column = at - (text.LastIndexOf('\n', Math.Max(at - 1, 0)) is var start && at > 0 ? start : -1);
        return new Diagnostic
        {
            Severity = Severity.Error,
            File = file,
            Line = line,
            Column = Math.Max(column, 1),
            Message = $"character U+{(int)text[at]:X4} cannot stand in YAML",
            Expected = "text in UTF-8",
            Hint = "is this a binary file, or one in another encoding?",
        };
    }

    /// <summary>Counts depth and nodes on the event stream, which is iterative and so survives any nesting.</summary>
    private static Diagnostic? Measure(string file, string text, YamlLimits limits)
    {
        var parser = new Parser(new StringReader(text));
        var (depth, nodes) = (0, 0);
        while (parser.MoveNext())
        {
            if (parser.Current is not { } current)
            {
                continue;
            }

            depth += current.NestingIncrease;
            nodes += current is NodeEvent ? 1 : 0;
            // A stream and a document are levels of their own.
            if (depth > limits.Depth + 2)
            {
                return Finding(file, current.Start, $"nested more than {limits.Depth} levels deep", null);
            }

            if (nodes > limits.Nodes)
            {
                return Finding(file, current.Start, $"more than {limits.Nodes:N0} values", null);
            }
        }

        return null;
    }

    private static Diagnostic Finding(string file, Mark at, string message, string? hint) => new()
    {
        Severity = Severity.Error,
        File = file,
        Line = (int)at.Line,
        Column = (int)at.Column,
        Message = message,
        Hint = hint,
    };

    private static readonly System.Buffers.SearchValues<char> ForbiddenCharacters = System.Buffers.SearchValues.Create(
        [.. Enumerable.Range(0, 32).Where(c => c is not ('\t' or '\n' or '\r')).Select(c => (char)c), '\u007f', '\uFFFE', '\uFFFF', '\uFFFD']);
}
