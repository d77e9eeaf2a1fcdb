using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// Kubernetes' NodeRestriction admission lets a node set only some labels of kubernetes.io and k8s.io on itself; on a worker,
/// Talos sets labels as the node.
/// </summary>
internal sealed class LabelsRule : ISpecRule
{
    private static readonly string[] AllowedPrefixes = ["kubelet.kubernetes.io", "node.kubernetes.io"];

    private static readonly string[] AllowedKeys =
    [
        "kubernetes.io/hostname", "kubernetes.io/arch", "kubernetes.io/os", "beta.kubernetes.io/instance-type", "beta.kubernetes.io/arch",
        "beta.kubernetes.io/os", "failure-domain.beta.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/region",
        "topology.kubernetes.io/zone", "topology.kubernetes.io/region",
    ];

    public void Check(SpecValue root, SpecFindings findings)
    {
        foreach (var node in root.ItemsOf("nodes").Where(node => node.TextOf("role") == "worker"))
        {
            foreach (var (key, value) in node.Find("labels")?.Entries ?? new Dictionary<string, SpecValue>())
            {
                if (IsRestricted(key))
                {
                    findings.Warning(value, $"a worker may not give itself the label {key} (NodeRestriction)", "a prefix of your own, or node.kubernetes.io/", "'kubectl label node' can set it");
                }
            }
        }
    }

    private static bool IsRestricted(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var prefix = slash < 0 ? "" : key[..slash];
        return (IsUnder(prefix, "kubernetes.io") || IsUnder(prefix, "k8s.io"))
            && !AllowedKeys.Contains(key)
            && !AllowedPrefixes.Any(allowed => IsUnder(prefix, allowed));
    }

    private static bool IsUnder(string name, string domain) => name == domain || name.EndsWith($".{domain}", StringComparison.Ordinal);
}
