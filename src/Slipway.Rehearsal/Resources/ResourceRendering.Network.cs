using System.Globalization;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <content>Links, addresses, names.</content>
internal static partial class ResourceRendering
{
    private static IEnumerable<ResourceBody> Links(RehearsedNode node)
    {
        yield return new("lo", "index: 1\ntype: loopback\nlinkIndex: 0\nflags: UP,LOOPBACK,RUNNING,LOWER_UP\nmtu: 65536\noperationalState: unknown\nkind: \"\"\nlinkState: true\n");
        var index = 2;
        foreach (var link in node.Plate.Hardware.Links)
        {
            var up = index == 2;
            yield return new(link.Name, string.Create(CultureInfo.InvariantCulture, $"""
                altNames: []
                index: {index}
                type: ether
                linkIndex: 0
                flags: {(up ? "UP,BROADCAST,RUNNING,MULTICAST,LOWER_UP" : "BROADCAST,MULTICAST")}
                hardwareAddr: {link.Mac}
                permanentAddr: {link.Mac}
                broadcastAddr: ff:ff:ff:ff:ff:ff
                mtu: {Mtu(node, link)}
                queueDisc: mq
                operationalState: {(up ? "up" : "down")}
                kind: ""
                slaveKind: ""
                busPath: {link.PciAddress}
                pciID: "15B3:101F"
                driver: {link.Driver}
                driverVersion: 6.12.0-talos
                firmwareVersion: 26.39.1002 (MT_0000000547)
                vendor: Mellanox Technologies
                product: MT2894 Family [ConnectX-6 Lx]
                linkState: {Bool(up)}
                speedMbit: {(up ? link.SpeedMbit : 0)}
                port: DirectAttach
                duplex: {(up ? "Full" : "Unknown")}

                """));
            index++;
        }
    }

    /// <summary>As LinkConfig or the old interfaces list asks for it by the link's name.</summary>
    private static int Mtu(RehearsedNode node, LinkHardware link)
    {
        var documents = node.Active?.DocumentsOf("LinkConfig").Where(document => document.TextAt("name") == link.Name).Select(document => document.TextAt("mtu")) ?? [];
        var old = (node.Active?.Main.At("machine", "network", "interfaces") as YamlDotNet.RepresentationModel.YamlSequenceNode ?? [])
            .Where(item => item.TextAt("interface") == link.Name).Select(item => item.TextAt("mtu"));
        return documents.Concat(old).Select(text => int.TryParse(text, CultureInfo.InvariantCulture, out var mtu) ? mtu : 0).FirstOrDefault(mtu => mtu > 0, 1500);
    }

    private static IEnumerable<ResourceBody> Ethernets(RehearsedNode node) => node.Plate.Hardware.Links.Select((link, index) =>
    {
        var wanted = node.Active?.DocumentsOf("EthernetConfig").FirstOrDefault(document => document.TextAt("name") == link.Name);
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
                - name: rx-gro-hw
                  status: {(wanted.TextAt("features", "rx-gro-hw") == "true" ? "on" : "off")}
                - name: tx-tcp-segmentation
                  status: {(wanted.TextAt("features", "tx-tcp-segmentation") == "false" ? "off" : "on")}
                - name: rx-vlan-filter
                  status: on [fixed]
            channels:
                combined-max: 63
                combined: {wanted.TextAt("channels", "combined") ?? "32"}

            """);
    });

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
        var link = node.Plate.Hardware.Links[0].Name;
        yield return new($"{link}/{node.Plate.Address}/24", $"address: {node.Plate.Address}/24\nlinkIndex: 2\nlinkName: {link}\nfamily: inet4\nscope: global\nflags: permanent\n");
    }
}
