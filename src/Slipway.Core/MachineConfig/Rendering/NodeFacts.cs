using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What talos-patches can ask about a node (<c>when</c>) and put in (<c>${…}</c>).</summary>
internal static class NodeFacts
{
    public static IReadOnlyDictionary<string, string> Conditions(RenderRequest request)
    {
        var link = request.Node.Interface;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = request.Node.Role == NodeRole.ControlPlane ? "controlplane" : "worker",
            ["client"] = request.Node.Client.Text(),
            ["masquerade"] = request.Spec.Cilium.Masquerade == MasqueradeProfile.Ebpf ? "ebpf" : "none",
            ["link"] = link is null ? "unnamed" : "named",
            // A link beneath a VLAN has no addresses unless it is given some; every other link has some or DHCP.
            ["addressing"] = link is null || (link.Vlan is not null && link.Addresses.Count == 0) ? "none" : Addressing(link.Addresses),
            ["vlan"] = link?.Vlan is { } vlan ? Addressing(vlan.Addresses) : "none",
            ["firewall"] = request.Spec.Policies.HostFirewall ? "on" : "off",
        };
        foreach (var (condition, value) in LayoutFacts.Conditions(request))
        {
            facts[condition] = value;
        }

        return facts;
    }

    /// <param name="classic">Routes of v1alpha1 name the network; those of documents leave it out for the default route.</param>
    public static IReadOnlyDictionary<string, YamlNode> Values(RenderRequest request, bool classic)
    {
        var values = new Dictionary<string, YamlNode>(StringComparer.Ordinal);
        if (request.Node.Interface is { } link)
        {
            values["interface"] = Tree.Text(link.Name);
            values["mtu"] = Tree.Number(link.Mtu ?? request.Spec.Network.Mtu);
            values["addresses"] = Addresses(link.Addresses, classic);
            values["routes"] = Routes(link.Gateway, classic);
            if (link.Vlan is { } vlan)
            {
                values["vlan"] = Tree.Number(vlan.Id);
                values["vlan-interface"] = Tree.Text($"{link.Name}.{vlan.Id}");
                values["vlan-addresses"] = Addresses(vlan.Addresses, classic);
                values["vlan-routes"] = Routes(vlan.Gateway, classic);
            }
        }

        foreach (var (name, value) in LayoutFacts.Values(request).Concat(request.Spec.Policies.HostFirewall ? FirewallFacts.Values(request.Spec) : []))
        {
            values[name] = value;
        }

        return values;
    }

    private static string Addressing(IReadOnlyList<string> addresses) => addresses.Count == 0 ? "dhcp" : "static";

    private static YamlSequenceNode Addresses(IReadOnlyList<string> addresses, bool classic) => classic
        ? Tree.Texts(addresses)
        : Tree.List(addresses.Select(address => Tree.Map(("address", Tree.Text(address)))));

    private static YamlSequenceNode Routes(string? gateway, bool classic)
    {
        var everywhere = gateway?.Contains(':', StringComparison.Ordinal) == true ? "::/0" : "0.0.0.0/0";
        return Tree.List(gateway is null ? [] : [Tree.Map(("network", classic ? Tree.Text(everywhere) : null), ("gateway", Tree.Text(gateway)))]);
    }
}
