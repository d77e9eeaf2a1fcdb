using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>Who is who for Talos' own firewall.</summary>
internal static class FirewallFacts
{
    public static IEnumerable<(string Name, YamlNode Value)> Values(ClusterSpec spec)
    {
        var operators = spec.Network.OperatorCidrs;
        var nodes = NodeNetworks.Of(spec.Nodes);
        var pods = spec.Network.PodCidrs;
        yield return ("nodes", Subnets(nodes));
        yield return ("control-planes", Subnets(NodeNetworks.Of(spec.ControlPlanes)));
        yield return ("nodes-and-pods", Subnets([.. nodes, .. pods]));
        yield return ("operators-and-nodes", Subnets([.. operators, .. nodes]));
        yield return ("operators-nodes-and-pods", Subnets([.. operators, .. nodes, .. pods]));
        yield return ("gossip-ports", Ports(spec.Policies.Gossip));
        yield return ("rpc-ports", Ports(spec.Policies.Rpc));
    }

    private static YamlSequenceNode Subnets(IEnumerable<string> subnets) =>
        Tree.List(subnets.Distinct(StringComparer.Ordinal).Select(subnet => Tree.Map(("subnet", Tree.Text(subnet)))));

    private static YamlScalarNode Ports(PortRange ports) => ports.First == ports.Last ? Tree.Number(ports.First) : Tree.Text($"{ports.First}-{ports.Last}");
}
