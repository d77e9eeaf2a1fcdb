using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>
/// kube-controller-manager gives each node a /24 of the IPv4 pod range and a /64 of the IPv6 one (its --node-cidr-mask-size
/// defaults); a node that gets none stays without pods.
/// </summary>
internal sealed class PodRangeSizeRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("nodes") is not { } nodes)
        {
            return;
        }

        var written = SpecNetworks.Of(root.Find("network", "podCIDRs")).ToList();
        var isDefault = root.Find("network") is null || (root.Find("network") is { IsWhole: true } network && network.Find("podCIDRs") is null);
        if (isDefault && Cidr.TryParse(NetworkSpec.DefaultPodCidr, out var fallback))
        {
            written.Add((nodes, fallback));
        }

        foreach (var (at, cidr) in written)
        {
            var share = cidr.IsIpv6 ? 64 : 24;
            // 2^24 shares are more than there can be nodes; no need to count further.
            var room = cidr.Prefix > share ? 0 : 1L << Math.Min(share - cidr.Prefix, 24);
            if (room < nodes.Items.Count)
            {
                var bits = share - (int)Math.Ceiling(Math.Log2(nodes.Items.Count));
                findings.Error(at, $"pod range {cidr} has room for {room} nodes, and there are {nodes.Items.Count}", $"a prefix of /{bits} or shorter", $"each node takes a /{share}");
            }
        }
    }
}
