using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Documents;

/// <summary>
/// Replaces aliases by copies and merge keys (<c>&lt;&lt;</c>) by what they bring, so that a patch to one place does not change
/// another. Copies are counted: nine lines of aliases can ask for a billion nodes.
/// </summary>
internal sealed class AliasExpander(string file, ICollection<Diagnostic> findings)
{
    private readonly HashSet<YamlNode> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<YamlNode> _open = new(ReferenceEqualityComparer.Instance);
    private int _nodes;
    private bool _failed;

    /// <summary>False when there is a finding.</summary>
    public bool Expand(YamlNode root)
    {
        Visit(root);
        return !_failed;
    }

    private YamlNode Visit(YamlNode node)
    {
        if (_failed)
        {
            return node;
        }

        if (_open.Contains(node))
        {
            Fail(node, "an alias that contains itself");
            return node;
        }

        // Aliases within aliases nest deeper than the text does.
        if (_open.Count > YamlLimits.Default.Depth)
        {
            Fail(node, $"aliases that nest more than {YamlLimits.Default.Depth} levels deep");
            return node;
        }

        if (++_nodes > YamlLimits.Default.Nodes)
        {
            Fail(node, $"aliases that expand to more than {YamlLimits.Default.Nodes:N0} values");
            return node;
        }

        if (!IsPlain(node.Tag))
        {
            Fail(node, "a tag of one's own");
            return node;
        }

        var target = _seen.Add(node) ? node : Shallow(node);
        target.Anchor = AnchorName.Empty;
        _open.Add(node);
        switch (target)
        {
            case YamlMappingNode map:
                VisitMap(map);
                break;
            case YamlSequenceNode list:
                for (var i = 0; i < list.Children.Count; i++)
                {
                    list.Children[i] = Visit(list.Children[i]);
                }

                break;
        }

        _open.Remove(node);
        return target;
    }

    private void VisitMap(YamlMappingNode map)
    {
        foreach (var (key, value) in map.Children.ToList())
        {
            if (key is not YamlScalarNode scalar)
            {
                Fail(key, "a key that is itself a map or a list");
                return;
            }

            // It has several spellings, and would not be found again under the one that is written.
            if (Scalars.TypeOf(scalar) == ScalarType.Null || !IsPlain(scalar.Tag))
            {
                Fail(key, IsPlain(scalar.Tag) ? "a key that is null" : "a tag of one's own");
                return;
            }

            key.Anchor = AnchorName.Empty;
            var visited = Visit(value);
            if (!ReferenceEquals(visited, value))
            {
                map.Children[key] = visited;
            }
        }

        if (map.Children.Keys.FirstOrDefault(key => key is YamlScalarNode { Value: "<<", Style: ScalarStyle.Plain }) is { } merge)
        {
            var sources = map.Children[merge];
            map.Children.Remove(merge);
            foreach (var source in sources is YamlSequenceNode list ? list.Children : (IEnumerable<YamlNode>)[sources])
            {
                Bring(source, map);
            }
        }
    }

    /// <summary>None, or one of YAML's own, such as !!str. Others mean nothing to Talos, and do not read back as they were written.</summary>
    private static bool IsPlain(TagName tag) => tag.IsEmpty || tag.IsNonSpecific || tag.Value.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal);

    /// <summary>Adds what the map does not have itself; an earlier source wins over a later one.</summary>
    private void Bring(YamlNode source, YamlMappingNode map)
    {
        if (source is not YamlMappingNode brought)
        {
            Fail(source, "a merge key whose value is not a map");
            return;
        }

        foreach (var (key, value) in brought.Children)
        {
            if (map.Find(key.KeyText()) is null)
            {
                map.Add(key.Copy(), value.Copy());
            }
        }
    }

    private static YamlNode Shallow(YamlNode node) => node switch
    {
        YamlMappingNode map => new YamlMappingNode(map.Children.Select(pair => KeyValuePair.Create(pair.Key.Copy(), pair.Value))) { Style = map.Style, Tag = map.Tag },
        YamlSequenceNode list => new YamlSequenceNode(list.Children) { Style = list.Style, Tag = list.Tag },
        _ => node.Copy(),
    };

    private void Fail(YamlNode node, string what)
    {
        _failed = true;
        findings.Add(new Diagnostic
        {
            Severity = Severity.Error,
            File = file,
            Line = (int)node.Start.Line,
            Column = (int)node.Start.Column,
            Message = $"{what} cannot stand in a machine config",
        });
    }
}
