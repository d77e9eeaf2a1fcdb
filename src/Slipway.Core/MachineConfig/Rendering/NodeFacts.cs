using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>What talos-patches can ask about a node (<c>when</c>) and put in (<c>${…}</c>).</summary>
internal static class NodeFacts
{
    public const string EachNic = "nic";

    public const string EachMember = "member";

    public static IReadOnlyDictionary<string, string> Conditions(RenderRequest request)
    {
        var link = request.Node.Interface;
        var facts = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = request.Node.Role == NodeRole.ControlPlane ? "controlplane" : "worker",
            ["client"] = request.Node.Client.Text(),
            ["masquerade"] = request.Spec.Cilium.Masquerade == MasqueradeProfile.Ebpf ? "ebpf" : "none",
            ["link"] = link is null ? "unnamed" : link.Bond is null ? "named" : "bond",
            ["members"] = link?.Bond is not { } bond ? "none" : bond.Members.All(member => member.Name is not null) ? "named" : "found",
            ["lacp"] = link?.Bond?.LacpRate is null ? "unset" : "set",
            ["hash"] = link?.Bond?.XmitHashPolicy is null ? "unset" : "set",
            // A link beneath a VLAN has no addresses unless it is given some; every other link has some or DHCP.
            ["addressing"] = link is null || (link.Vlan is not null && link.Addresses.Count == 0) ? "none" : Addressing(link.Addresses),
            ["vlan"] = link?.Vlan is { } vlan ? Addressing(vlan.Addresses) : "none",
            // The policies on validators find their nodes by a label, so a validator has to carry it.
            ["labels"] = ValidatorNodes.LabelsOf(request.Node).Count > 0 ? "some" : "none",
            ["taints"] = request.Node.Taints.Count > 0 ? "some" : "none",
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
        var values = new Dictionary<string, YamlNode>(StringComparer.Ordinal)
        {
            ["labels"] = Tree.Map(ValidatorNodes.LabelsOf(request.Node)),
            ["taints"] = Tree.Map(request.Node.Taints),
        };
        if (request.Node.Interface is { } link)
        {
            values["interface"] = Tree.Text(link.Name);
            values["mtu"] = Tree.Number(link.Mtu ?? request.Spec.Network.Mtu);
            values["addresses"] = Addresses(link.Addresses, classic);
            values["routes"] = Routes(link.Gateway, classic);
            foreach (var (name, value) in link.Bond is { } bond ? BondFacts.Values(link.Name, bond) : [])
            {
                values[name] = value;
            }

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

    /// <summary>What a variant with <c>each</c> is applied for, with the values that belong to each.</summary>
    public static IEnumerable<IEnumerable<(string Name, YamlNode Value)>> Each(string list, RenderRequest request) => request.Node.Interface switch
    {
        null => [],
        { Bond: { } bond } link when list == EachMember => BondFacts.Members(link.Name, bond),
        var link => link.Nics.Select(nic => (IEnumerable<(string, YamlNode)>)[("nic", Tree.Text(nic))]),
    };

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
