using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>The network policies of a cluster, in the order in which they are applied.</summary>
public static class PolicySet
{
    /// <summary>
    /// Namespace first, then what allows, then what denies. Nothing when policies are off. The same objects for the same spec.
    /// </summary>
    public static IReadOnlyList<Manifest> For(ClusterSpec spec)
    {
        if (!spec.Policies.Enabled)
        {
            return [];
        }

        List<Manifest> manifests = [PolicyJson.Object("v1", "Namespace", "", spec.Policies.JupiterNamespace, null, null)];
        if (ValidatorNodes.Of(spec).Count > 0)
        {
            manifests.Add(HostPolicy.For(spec));
        }

        manifests.Add(JupiterPolicy.For(spec));
        manifests.AddRange(DenyPolicies.For(spec));
        return manifests;
    }

    /// <summary>What an operator should know about the policies before they are applied; errors where they would not do what the spec says.</summary>
    /// <param name="file">The name of cluster.yaml, for the findings.</param>
    public static IReadOnlyList<Diagnostic> Check(ClusterSpec spec, string file)
    {
        if (!spec.Policies.Enabled)
        {
            return [];
        }

        var findings = new List<Diagnostic>();
        if (ValidatorNodes.Of(spec).Count == 0)
        {
            findings.Add(Finding(Severity.Warning, file, "policies", "no node is a validator's, so no policy guards a host", "a worker with a profile such as agave, or a node with the label "
                + $"{ValidatorNodes.LabelKey}: {ValidatorNodes.LabelValue}"));
        }

        for (var i = 0; i < spec.Policies.DenyCidrs.Count; i++)
        {
            if (Cidrs.TryParse(spec.Policies.DenyCidrs[i], out var range) && DenyPolicies.Protected(spec).FirstOrDefault(keep => Cidrs.Contains(keep, range)) is { PrefixLength: > 0 } kept)
            {
                findings.Add(Finding(Severity.Error, file, $"policies.denyCidrs[{i}]", $"{range} lies inside {kept}, which operators, nodes or pods use", "a range outside it"));
            }
        }

        if (spec.Policies.Gossip.Last - spec.Policies.Gossip.First < 11)
        {
            findings.Add(Finding(Severity.Warning, file, "policies.gossip", $"{spec.Policies.Gossip.First}-{spec.Policies.Gossip.Last} is narrower than any validator's dynamic port range",
                "the range of --dynamic-port-range and the gossip port, such as 8000-8030"));
        }

        findings.AddRange(For(spec).SelectMany(manifest => PolicyRules.Check(manifest)).Select(finding => finding with { File = file }));
        return findings;
    }

    private static Diagnostic Finding(Severity severity, string file, string path, string message, string expected) =>
        new() { Severity = severity, File = file, Line = 0, Column = 0, Path = path, Message = message, Expected = expected };
}
