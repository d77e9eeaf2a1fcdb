using System.Text.Json.Nodes;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Core.Cilium;

/// <summary>The values that Cilium's chart is installed with: generated from the spec, with the user's own laid over them.</summary>
public static class CiliumValues
{
    /// <summary>The whole value tree, the same for the same spec.</summary>
    /// <exception cref="BadInputException">The user's overrides are no YAML mapping.</exception>
    public static JsonObject For(ClusterSpec spec)
    {
        var findings = new List<Diagnostic>();
        var (values, _) = Merge(spec, "cilium.values", findings);
        return findings.Where(finding => finding.Severity == Severity.Error).ToList() is { Count: > 0 } errors ? throw new BadInputException(errors) : values;
    }

    /// <summary>
    /// All that is wrong with the values: keys that the chart does not read, types that it refuses, and combinations with which
    /// the agent would not start. Errors must stop a run before helm does anything.
    /// </summary>
    /// <param name="file">The name of cluster.yaml, for the findings.</param>
    public static IReadOnlyList<Diagnostic> Check(ClusterSpec spec, string file)
    {
        var findings = new List<Diagnostic>();
        var (values, user) = Merge(spec, file, findings);
        var report = new ValueFindings(file, spec.Cilium.ValuesOverrideLine, user.Places, findings);
        ValueKeyRules.Check(user.Values, spec.Cilium.Version, report);
        AgentRules.Check(values, spec, report);
        return findings;
    }

    /// <summary>Block YAML for <c>helm --values</c>; the same text for the same tree.</summary>
    public static string ToYaml(JsonObject values) => ValuesYaml.Write(values);

    /// <summary>The dotted form that people write for a path of keys.</summary>
    internal static string Dotted(string path) => path.Length > 0 ? $"cilium.values.{path.Replace('/', '.')}" : "cilium.values";

    private static (JsonObject Values, (JsonObject Values, IReadOnlyDictionary<string, (int Line, int Column)> Places) User) Merge(
        ClusterSpec spec, string file, ICollection<Diagnostic> findings)
    {
        var values = GeneratedValues.For(spec);
        // ValuesOverrideLine is that of the text's first line.
        var user = YamlValues.Read(file, spec.Cilium.ValuesOverride ?? "", Math.Max(spec.Cilium.ValuesOverrideLine - 1, 0), findings);
        ValueMerge.Over(values, user.Values);
        return (values, user);
    }
}
