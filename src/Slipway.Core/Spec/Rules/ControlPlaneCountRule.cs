using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// etcd needs a majority: an even number of members survives no more failures than one fewer, and two survive less than one.
/// </summary>
internal sealed class ControlPlaneCountRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        // A node whose role could not be read would make the count a guess.
        if (root.Find("nodes") is not { IsWhole: true } nodes || nodes.Items.Any(node => node.Find("role") is null))
        {
            return;
        }

        var count = nodes.Items.Count(node => node.TextOf("role") == "controlplane");
        if (count == 0)
        {
            findings.Error(nodes, "no node is a control plane", "an odd number of them: 1, 3 or 5", "give one or three nodes 'role: controlplane'");
        }
        else if (count % 2 == 0)
        {
            findings.Error(nodes, $"{count} nodes are control planes", "an odd number: 1, 3 or 5", $"etcd with {count} members survives no more failures than with {count - 1}; add one or make one a worker");
        }
    }
}
