using System.Globalization;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <content>Links, addresses, names.</content>
internal static partial class ResourceRendering
{
    private static IEnumerable<ResourceBody> Chains(RehearsedNode node) => node.Active?.Document("NetworkDefaultActionConfig").TextAt("ingress") is { } ingress && !node.World.Ails(Ailment.NoFirewall, node.Plate.Name)
        ? [new("ingress", $"type: filter\nhook: input\npriority: -140\npolicy: {(ingress == "block" ? "drop" : "accept")}\nrules: []\n")]
        : [];

    private static IEnumerable<ResourceBody> Links(RehearsedNode node)
    {
        yield return new("lo", "index: 1\ntype: loopback\nlinkIndex: 0\nflags: UP,LOOPBACK,RUNNING,LOWER_UP\nmtu: 65536\noperationalState: unknown\nkind: \"\"\nlinkState: true\n");
        var hardware = node.Plate.Hardware.Links;
        var bonds = NodeLinks.Bonds(node).ToList();
        var indices = hardware.Select(link => link.Name).Concat(bonds.Select(bond => bond.Name)).Concat(NodeLinks.Vlans(node).Select(vlan => vlan.Name))
            .Distinct().Select((name, at) => (name, Index: at + 2)).ToDictionary(pair => pair.name, pair => pair.Index);
        foreach (var link in hardware)
        {
            var bond = bonds.FirstOrDefault(bond => bond.Members?.Contains(link.Name) == true).Name;
            yield return new(link.Name, Physical(node, link, indices[link.Name], bond is null ? 0 : indices[bond]));
        }

        foreach (var (name, _) in bonds)
        {
            yield return new(name, Virtual(node, name, "bond", indices[name], 0));
        }

        foreach (var (name, parent) in NodeLinks.Vlans(node).DistinctBy(vlan => vlan.Name))
        {
            yield return new(name, Virtual(node, name, "vlan", indices[name], indices.GetValueOrDefault(parent)));
        }
    }

    private static string Physical(RehearsedNode node, LinkHardware link, int index, int master)
    {
        var up = index == 2 || master > 0;
        var speed = index == 2 && node.World.Ails(Ailment.SlowLink, node.Plate.Name) ? 100 : link.SpeedMbit;
        return string.Create(CultureInfo.InvariantCulture, $"""
            altNames: []
            index: {index}
            type: ether
            linkIndex: 0
            masterIndex: {master}
            flags: {(up ? "UP,BROADCAST,RUNNING,MULTICAST,LOWER_UP" : "BROADCAST,MULTICAST")}
            hardwareAddr: {link.Mac}
            permanentAddr: {link.Mac}
            broadcastAddr: ff:ff:ff:ff:ff:ff
            mtu: {NodeLinks.Mtu(node, link.Name)}
            queueDisc: mq
            operationalState: {(up ? "up" : "down")}
            kind: ""
            slaveKind: ""
            busPath: {link.PciAddress}
            pciID: "15B3:101F"
            driver: {(node.World.Ails(Ailment.OldDriver, node.Plate.Name) ? "ixgbe" : link.Driver)}
            driverVersion: 6.12.0-talos
            firmwareVersion: 26.39.1002 (MT_0000000547)
            vendor: Mellanox Technologies
            product: MT2894 Family [ConnectX-6 Lx]
            linkState: {Bool(up)}
            speedMbit: {(up ? speed : 0)}
            port: DirectAttach
            duplex: {(up ? "Full" : "Unknown")}

            """);
    }

    private static string Virtual(RehearsedNode node, string name, string kind, int index, int parent) => string.Create(CultureInfo.InvariantCulture, $"""
        altNames: []
        index: {index}
        type: ether
        linkIndex: {parent}
        masterIndex: 0
        flags: UP,BROADCAST,RUNNING,MULTICAST,LOWER_UP
        hardwareAddr: {node.Plate.Hardware.Links[0].Mac}
        broadcastAddr: ff:ff:ff:ff:ff:ff
        mtu: {NodeLinks.Mtu(node, name)}
        queueDisc: noqueue
        operationalState: up
        kind: {kind}
        slaveKind: ""
        linkState: true
        speedMbit: {node.Plate.Hardware.Links[0].SpeedMbit}
        port: Other
        duplex: Full

        """);

    private static IEnumerable<ResourceBody> Ethernets(RehearsedNode node) => node.Plate.Hardware.Links.Select((link, index) =>
    {
        var wanted = NodeLinks.Ethernet(node, link.Name);
        return new ResourceBody(link.Name, $"""
            linkState: {Bool(index == 0)}
            speedMbit: {(index == 0 ? link.SpeedMbit : 0)}
            port: DirectAttach
            duplex: Full
            rings:
                rx-max: 8192
                tx-max: 8192
                rx: {wanted.TextAt("rings", "rx") ?? "1024"}
                tx: {wanted.TextAt("rings", "tx") ?? "1024"}
            features:
            {string.Join('\n', Features.Select(feature => $"    - name: {feature.Key}\n      status: {(wanted.TextAt("features", feature.Key) ?? feature.Value) switch { "true" => "on", "false" => "off", var status => status }}"))}
                - name: rx-vlan-filter
                  status: on [fixed]
            channels:
                combined-max: 63
                combined: {NodeLinks.Queues(node, link.Name)}

            """);
    });

    /// <summary>Of ethtool's many, those that a config may want to change, as the driver has them at first.</summary>
    private static readonly Dictionary<string, string> Features = new()
    {
        ["rx-gro"] = "on",
        ["rx-gro-hw"] = "off",
        ["rx-gro-list"] = "off",
        ["rx-udp-gro-forwarding"] = "off",
        ["tx-generic-segmentation"] = "on",
        ["tx-gre-csum-segmentation"] = "on",
        ["tx-gre-segmentation"] = "on",
        ["tx-tcp-segmentation"] = "on",
        ["tx-udp-segmentation"] = "on",
    };

    private static IEnumerable<ResourceBody> NetworkStatuses(RehearsedNode node) =>
        [new("status", "addressReady: true\nconnectivityReady: true\nhostnameReady: true\netcFilesReady: true\n")];

    private static IEnumerable<ResourceBody> Hostnames(RehearsedNode node) => [new("hostname", $"hostname: {node.Hostname}\ndomainname: \"\"\n")];

    private static IEnumerable<ResourceBody> NodeAddresses(RehearsedNode node) =>
    [
        new("current", $"addresses:\n    - {node.Plate.Address}/24\nsortAlgorithm: v1\n"),
        new("default", $"addresses:\n    - {node.Plate.Address}/24\nsortAlgorithm: v1\n"),
        new("routed", $"addresses:\n    - {node.Plate.Address}/24\nsortAlgorithm: v1\n"),
    ];

    private static IEnumerable<ResourceBody> AddressStatuses(RehearsedNode node)
    {
        // What lies on top of the first link has the address.
        var first = node.Plate.Hardware.Links[0].Name;
        var bond = NodeLinks.Bonds(node).FirstOrDefault(bond => bond.Members.Contains(first)).Name ?? first;
        var link = NodeLinks.Vlans(node).FirstOrDefault(vlan => vlan.Parent == bond).Name ?? bond;
        yield return new($"{link}/{node.Plate.Address}/24", $"address: {node.Plate.Address}/24\nlinkIndex: 2\nlinkName: {link}\nfamily: inet4\nscope: global\nflags: permanent\n");
    }
}
