using Slipway.Core.Spec.Reading;
using Slipway.Core.Spec.Rules;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec;

/// <summary>Reads cluster.yaml: strictly, and with every finding at once, each with its line and column.</summary>
public static class SpecReader
{
    /// <summary>A spec of 5,000 nodes with much to say of each has some 200,000 values; more is not a spec.</summary>
    private static readonly YamlLimits Limits = new() { Characters = 8 * 1024 * 1024, Nodes = 250_000 };

    /// <param name="file">The name that findings carry; relative paths in the spec are not resolved.</param>
    /// <param name="text">The whole file. A byte order mark and CRLF are fine.</param>
    public static SpecResult Read(string file, string text)
    {
        var findings = new SpecFindings(file);
        if (Root(text, file, findings) is not { } root || new ShapeReader(findings).Read("", root, ClusterShape.Root) is not { } value)
        {
            return new SpecResult(null, findings.Sorted);
        }

        foreach (var rule in SpecRules.All)
        {
            rule.Check(value, findings);
        }

        return new SpecResult(findings.HasErrors ? null : SpecBuilder.Build(value), findings.Sorted);
    }

    private static YamlNode? Root(string text, string file, SpecFindings findings)
    {
        var roots = YamlText.LoadLeniently(file, text, findings.Sink, Limits);
        if (roots.Count > 1)
        {
            findings.Error("", roots[1], "a second YAML document begins here", "one document", "one file describes one cluster");
        }
        else if (roots.Count == 0 && !findings.HasErrors)
        {
            findings.WholeFile("the file is empty", "a cluster spec", "'slipway init' writes one; 'slipway schema' prints what may stand in it");
        }

        return roots.Count > 0 ? roots[0] : null;
    }
}
