using System.Globalization;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Nodes;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Resources;

/// <summary>What a node makes of its config for one link.</summary>
internal static class NodeLinks
{
    private static readonly string[] KindsWithMtu = ["LinkConfig", "VLANConfig", "BondConfig"];

    /// <summary>As a document or the old interfaces list asks for it by the link's name; 1500 when nobody does.</summary>
    public static int Mtu(RehearsedNode node, string link)
    {
        if (node.World.Ails(Ailment.LowMtu, node.Plate.Name))
        {
            return 1500;
        }

        // The kernel gives a bond's members the bond's MTU.
        return Asked(node, link) ?? (Bonds(node).FirstOrDefault(bond => bond.Members?.Contains(link) == true).Name is { } bond ? Asked(node, bond) : null) ?? 1500;
    }

    private static int? Asked(RehearsedNode node, string link)
    {
        var documents = KindsWithMtu.SelectMany(kind => node.Active?.DocumentsOf(kind) ?? []).Where(document => Resolve(node, document.TextAt("name")) == link).Select(document => document.TextAt("mtu"));
        var old = Interfaces(node).Where(item => item.TextAt("interface") == link).Select(item => item.TextAt("mtu"));
        var vlans = Interfaces(node).SelectMany(item => OldVlans(item).Where(vlan => $"{item.TextAt("interface")}.{vlan.TextAt("vlanId")}" == link)).Select(vlan => vlan.TextAt("mtu"));
        return documents.Concat(old).Concat(vlans).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var mtu) ? mtu : 0).FirstOrDefault(mtu => mtu > 0) is > 0 and var found ? found : null;
    }

    /// <summary>What an EthernetConfig wants of the link, if the NIC follows it.</summary>
    public static YamlNode? Ethernet(RehearsedNode node, string link) => node.World.Ails(Ailment.StubbornNic, node.Plate.Name)
        ? null
        : node.Active?.DocumentsOf("EthernetConfig").FirstOrDefault(document => document.TextAt("name") == link);

    public static int Queues(RehearsedNode node, string link) => node.World.Ails(Ailment.SingleQueue, node.Plate.Name) ? 1
        : int.TryParse(Ethernet(node, link).TextAt("channels", "combined"), CultureInfo.InvariantCulture, out var combined) ? Math.Clamp(combined, 1, 63)
        : 32;

    /// <summary>VLANs on top of the hardware: their name and the link beneath.</summary>
    public static IEnumerable<(string Name, string Parent)> Vlans(RehearsedNode node) =>
        (node.Active?.DocumentsOf("VLANConfig") ?? []).Select(document => (Name: document.TextAt("name") ?? "", Parent: document.TextAt("parent") ?? ""))
        .Concat(Interfaces(node).SelectMany(item => OldVlans(item).Select(vlan => (Name: $"{item.TextAt("interface")}.{vlan.TextAt("vlanId")}", Parent: item.TextAt("interface") ?? ""))))
        .Where(vlan => vlan.Name.Length > 0);

    /// <summary>Bonds and their members, by the names of the NICs.</summary>
    public static IEnumerable<(string Name, IReadOnlyList<string> Members)> Bonds(RehearsedNode node) =>
        (node.Active?.DocumentsOf("BondConfig") ?? []).Select(document => (document.TextAt("name") ?? "", Known(document.TextsAt("links").Select(link => Resolve(node, link)))))
        .Concat(Interfaces(node).Where(item => item.At("bond") is not null).Select(item => (
            item.TextAt("interface") ?? "",
            Known((item.At("bond", "interfaces") as YamlSequenceNode ?? []).Select(link => ((YamlScalarNode)link).Value)
                .Concat((item.At("bond", "deviceSelectors") as YamlSequenceNode ?? []).Select(selector => Find(node, selector.TextAt("permanentAddr"), selector.TextAt("busPath"))))))));

    private static IReadOnlyList<string> Known(IEnumerable<string?> names) => [.. names.OfType<string>()];

    /// <summary>The link behind an alias, as far as its selector is one of the two that Slipway writes; else the name itself.</summary>
    private static string? Resolve(RehearsedNode node, string? name)
    {
        var match = node.Active?.DocumentsOf("LinkAliasConfig").FirstOrDefault(document => document.TextAt("name") == name).TextAt("selector", "match");
        var mark = match?.Split('"') is [_, var quoted, _] ? quoted : null;
        return mark is null ? name : Find(node, mark, mark);
    }

    private static string? Find(RehearsedNode node, string? mac, string? bus) =>
        node.Plate.Hardware.Links.FirstOrDefault(link => link.Mac == mac || link.PciAddress == bus)?.Name;

    private static IEnumerable<YamlNode> Interfaces(RehearsedNode node) => node.Active?.Main.At("machine", "network", "interfaces") as YamlSequenceNode ?? [];

    private static IEnumerable<YamlNode> OldVlans(YamlNode item) => item.At("vlans") as YamlSequenceNode ?? [];
}
