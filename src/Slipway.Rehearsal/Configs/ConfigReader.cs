using Slipway.Core.Diagnostics;
using Slipway.Core.Versions;
using Slipway.Core.Yaml;
using Slipway.Rehearsal.Hardware;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

/// <summary>
/// Judges a config as a node of the given Talos version would: strict about kinds and keys, with every error at once
/// (Talos pkg/machinery/config/configloader and container/validate.go). The rules are those that a client can get wrong; it
/// is not the whole schema.
/// </summary>
internal static class ConfigReader
{
    public static ConfigReading Read(string text, ReleaseVersion talos, NodeHardware hardware, bool installed)
    {
        var findings = new List<Diagnostic>();
        var roots = YamlText.Load("config", text, findings);
        if (findings.Count > 0)
        {
            return new ConfigReading(null, [.. findings.Select(finding => $"failed to parse config: line {finding.Line}: {finding.Message}")], []);
        }

        if (roots.Count == 0)
        {
            return new ConfigReading(null, ["no configuration documents provided"], []);
        }

        var errors = DocumentErrors(roots, talos).ToList();
        if (errors.Count > 0)
        {
            return new ConfigReading(null, errors, []);
        }

        var config = NodeConfig.Of(text, roots);
        var context = new ConfigRuleContext(config, talos, hardware, installed);
        foreach (var rule in ConfigRules.All)
        {
            errors.AddRange(rule(context));
        }

        return errors.Count > 0 ? new ConfigReading(null, errors, []) : new ConfigReading(config, [], [.. ConfigRules.Warnings(context)]);
    }

    /// <summary>What stops the loader before anything is looked at for its meaning.</summary>
    private static IEnumerable<string> DocumentErrors(IReadOnlyList<YamlNode> roots, ReleaseVersion talos)
    {
        var seen = new HashSet<string>();
        foreach (var root in roots)
        {
            if (root is not YamlMappingNode)
            {
                yield return "failed to parse config: a document is not a mapping";
                continue;
            }

            var (kind, name) = (root.TextAt("kind"), root.TextAt("name"));
            if (kind is null && root.TextAt("version") is null)
            {
                yield return "missing kind";
            }
            else if (kind is null && root.TextAt("version") != "v1alpha1")
            {
                yield return $"unknown version \"{root.TextAt("version")}\"";
            }
            else if (kind is not null && root.TextAt("apiVersion") is null)
            {
                yield return $"\"{kind}\": missing apiVersion";
            }
            else if (kind is not null && !DocumentKinds.IsKnown(kind, talos))
            {
                yield return $"\"{kind}\" \"{root.TextAt("apiVersion")}\": not registered";
            }

            if (!seen.Add($"{kind}/{name}"))
            {
                yield return $"duplicate document: {kind ?? "v1alpha1"}{(name is null ? "" : "/" + name)}";
            }
        }
    }
}
