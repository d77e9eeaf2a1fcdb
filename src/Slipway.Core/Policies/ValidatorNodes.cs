using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>
/// Which nodes the validator policies are about: workers whose profile has a Solana client, and whatever else the spec labels so. A
/// policy finds them by a label of the node.
/// </summary>
/// <remarks>
/// The label must not be under kubernetes.io: Cilium's default label filter drops those from a host's identity, and a
/// nodeSelector on <c>kubernetes.io/hostname</c> would select no node and protect nothing, without an error.
/// </remarks>
public static class ValidatorNodes
{
    public const string LabelKey = "slipway/role";

    public const string LabelValue = "validator";

    public static bool Contains(NodeSpec node) => LabelsOf(node).TryGetValue(LabelKey, out var role) && role == LabelValue;

    public static IReadOnlyList<NodeSpec> Of(ClusterSpec spec) => [.. spec.Nodes.Where(Contains)];

    /// <summary>
    /// The Kubernetes labels that the node's machine config has to set: the spec's own, and the role for a worker that is for a Solana client.
    /// A role in the spec wins. A node with another profile (a database, say) would lose its ports to the default deny, so it has to be labelled by hand.
    /// </summary>
    public static IReadOnlyDictionary<string, string> LabelsOf(NodeSpec node)
    {
        if (node.Role != NodeRole.Worker || node.Client == ValidatorClient.None || node.Labels.ContainsKey(LabelKey))
        {
            return node.Labels;
        }

        return new SortedDictionary<string, string>(node.Labels.ToDictionary(), StringComparer.Ordinal) { [LabelKey] = LabelValue };
    }
}
