using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What Slipway wants of every node: the files of talos-patches, which travel inside this assembly.</summary>
internal static class TalosPatches
{
    private static readonly Lazy<IReadOnlyList<TalosPatchFile>> Loaded = new(TalosPatchReader.ReadAll);

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<TalosPatchFile> All => Loaded.Value;

    /// <summary>Those that apply to a node, with its values in them.</summary>
    public static IEnumerable<PatchSource> For(BaseConfig config, RenderRequest request)
    {
        var facts = NodeFacts.Conditions(request);
        var byStyle = new Dictionary<bool, IReadOnlyDictionary<string, YamlNode>>();
        foreach (var file in All)
        {
            var documents = file.DocumentsSince is { } since && config.UsesDocuments(since, file.Unless);
            var style = documents ? "documents" : "classic";
            foreach (var variant in file.Variants.Where(variant => variant.When.All(condition => Holds(condition.Key, condition.Value))))
            {
                if (!byStyle.TryGetValue(documents, out var values))
                {
                    byStyle[documents] = values = NodeFacts.Values(request, classic: !documents);
                }

                IEnumerable<IReadOnlyDictionary<string, YamlNode>> each = variant.Each is null ? [values] : NodeFacts.Each(variant.Each, request).Select(item => With(values, item));
                foreach (var own in each)
                {
                    var patch = variant.Patch.Select(document => ConfigWriter.Write((YamlMappingNode)Substitute(document, own)));
                    yield return new PatchSource(file.File, string.Join("---\n", patch));
                }
            }

            bool Holds(string condition, IReadOnlyList<string> wanted) => condition switch
            {
                "style" => wanted.Contains(style),
                "talos" => wanted.All(range => InRange(config.Talos, range)),
                _ => wanted.Contains(facts[condition]),
            };
        }
    }

    private static Dictionary<string, YamlNode> With(IReadOnlyDictionary<string, YamlNode> values, IEnumerable<(string Name, YamlNode Value)> more)
    {
        var all = new Dictionary<string, YamlNode>(values, StringComparer.Ordinal);
        foreach (var (name, value) in more)
        {
            all[name] = value;
        }

        return all;
    }

    /// <summary><c>&gt;=1.12</c> or <c>&lt;1.14</c>, by release line.</summary>
    private static bool InRange(ReleaseVersion talos, string range)
    {
        var least = range.StartsWith(">=", StringComparison.Ordinal);
        var line = TalosPatchReader.Line(range.TrimStart('>', '<', '='));
        return talos.IsAtLeast(line.Major, line.Minor) == least;
    }

    private static YamlNode Substitute(YamlNode node, IReadOnlyDictionary<string, YamlNode> values)
    {
        switch (node)
        {
            case YamlScalarNode { Value: ['$', '{', .., '}'] text }:
                return values[text[2..^1]].Copy();
            case YamlMappingNode map:
                var substituted = new YamlMappingNode();
                foreach (var (key, value) in map.Children)
                {
                    substituted.Add(key.Copy(), Substitute(value, values));
                }

                return substituted;
            case YamlSequenceNode list:
                return new YamlSequenceNode(list.Children.Select(item => Substitute(item, values)));
            default:
                return node.Copy();
        }
    }
}
