using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Secrets;

/// <summary>Loads YAML that holds secrets: a parser's own words may quote the text, so they are kept back.</summary>
internal static class SecretsYamlText
{
    public static IReadOnlyList<YamlNode> Load(string file, string text, ICollection<Diagnostic> findings)
    {
        var found = new List<Diagnostic>();
        var roots = YamlText.Load(file, text, found);
        foreach (var finding in found)
        {
            findings.Add(finding with { Message = "this is not YAML that can be read", Expected = "a YAML mapping without duplicate keys", Hint = "the details are kept back, since they could quote a secret" });
        }

        return roots;
    }

    /// <summary>The child under a dotted path, and the deepest thing on the way that is there.</summary>
    public static (YamlNode? Node, YamlNode Near) Find(YamlNode root, string path)
    {
        var near = root;
        foreach (var key in path.Split('.'))
        {
            if (near is not YamlMappingNode mapping || !mapping.Children.TryGetValue(new YamlScalarNode(key), out var child))
            {
                return (null, near);
            }

            near = child;
        }

        return (near, near);
    }
}
