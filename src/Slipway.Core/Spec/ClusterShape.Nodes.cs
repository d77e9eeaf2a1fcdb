using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec;

internal static partial class ClusterShape
{
    private static MappingShape Node() => new(
        new KeyShape("name", new TextShape(NameFormats.DnsLabel), "Hostname and Kubernetes node name.", Required: true),
        new KeyShape("address", new TextShape(AddressFormats.Host), "Where the node's Talos API answers: an IP address or DNS name, without a port.", Required: true),
        new KeyShape("port", new IntegerShape(1, 65535), "Port of the node's Talos API; 50000 on every real node.", Default: "50000"),
        new KeyShape("role", new ChoiceShape("controlplane", "worker"), "controlplane or worker.", Required: true),
        new KeyShape("identity", Identity(), "Marks by which the machine is known; all that are given must match before anything is done to it.", Default: "{}"),
        new KeyShape("install", Install(), "The disk that Talos is installed on, named by exactly one of serial, wwid and disk.", Required: true),
        new KeyShape("talos", NodeTalos(), "Another Talos for this node than the cluster's, as in the middle of an upgrade. Its machine config is written for this version."),
        new KeyShape("interface", Interface(), "The node's main network interface; without it the node stays on DHCP."),
        new KeyShape("labels", new MapShape(NameFormats.LabelKey, new TextShape(NameFormats.LabelValue, AnyScalar: true)), "Kubernetes node labels.", Default: "{}"),
        new KeyShape("taints", new MapShape(NameFormats.LabelKey, new TextShape(NameFormats.Taint)), "Kubernetes node taints: key to [value:]Effect.", Default: "{}"),
        new KeyShape("profile", new TextShape(NameFormats.Profile), "What kind of node it is: a name under profiles, or agave, agave-xdp, firedancer or rpc without more."),
        new KeyShape("maintenanceFingerprint", new TextShape(MiscFormats.Fingerprint), "SHA-256 of the maintenance certificate's public key in base64, as the node's console shows it. It changes at each boot into maintenance mode."),
        new KeyShape("patches", Patches, "Machine config patches for this node alone.", Default: "[]"));

    private static MappingShape NodeTalos() => new(
        new KeyShape("version", new TextShape(MiscFormats.Version), "Talos release, 1.10 to 1.14.", Required: true),
        new KeyShape("installer", new TextShape(MiscFormats.Image), "Installer image; the default is talos.installer, or the one that belongs to the version."),
        new KeyShape("installerArchive", new TextShape(MiscFormats.Path), "Archive of an installer image for this node, sent to it through the Talos API."));

    private static MappingShape Identity() => new(
        new KeyShape("uuid", new TextShape(AddressFormats.Uuid), "SMBIOS system UUID."),
        new KeyShape("mac", new TextShape(AddressFormats.Mac), "Permanent MAC address of one of its links."),
        new KeyShape("serial", new TextShape(MiscFormats.Mark, AnyScalar: true), "SMBIOS system serial number."));

    private static MappingShape Install() => new(
        new KeyShape("serial", new TextShape(MiscFormats.Mark, AnyScalar: true), "Serial number of the disk."),
        new KeyShape("wwid", new TextShape(MiscFormats.Mark, AnyScalar: true), "WWID of the disk, such as eui.… or naa.…"),
        new KeyShape("disk", new TextShape(MiscFormats.Device), "Device name. Names can change between boots: serial or wwid is safer."),
        new KeyShape("wipe", new BooleanShape(), "Wipe the disk before the install; only with serial or wwid.", Default: "false"))
    {
        ExactlyOne = ["serial", "wwid", "disk"],
    };

    private static MappingShape Interface() => new(
        new KeyShape("name", new TextShape(NameFormats.LinkName), "Link name.", Required: true),
        new KeyShape("mtu", Mtu(), "MTU of this link; the default is network.mtu."),
        new KeyShape("addresses", InterfaceAddresses(), "Static addresses with prefix length; none means DHCP.", Default: "[]"),
        new KeyShape("gateway", new TextShape(AddressFormats.Ip), "Default gateway, in the network of one of the addresses."),
        new KeyShape("bond", Bond(), "Several NICs that work as one link of that name."),
        new KeyShape("vlan", Vlan(), "A tagged VLAN on the link, which then carries the node's addresses."));

    private static MappingShape Bond() => new(
        new KeyShape("members", new ListShape(Member(), Most: 16), "The NICs, each by exactly one of name, mac and pci; all by name, or none.", Required: true),
        new KeyShape("mode", new ChoiceShape("802.3ad", "active-backup", "balance-xor", "balance-rr", "broadcast", "balance-tlb", "balance-alb"), "How the members share the traffic; 802.3ad (LACP) needs the switch to do the same.", Default: "\"802.3ad\""),
        new KeyShape("lacpRate", new ChoiceShape("slow", "fast"), "How often LACP asks the other end: every 30 seconds or every second. Of 802.3ad alone; the kernel's default is slow."),
        new KeyShape("xmitHashPolicy", new ChoiceShape("layer2", "layer2+3", "layer3+4", "encap2+3", "encap3+4"), "By what a packet's member is chosen. layer3+4 spreads one peer's connections too; the kernel's default is layer2."),
        new KeyShape("miimon", new IntegerShape(1, 10_000), "Milliseconds between two looks at the members' carriers.", Default: "100"));

    private static MappingShape Member() => new(
        new KeyShape("name", new TextShape(NameFormats.LinkName), "Link name."),
        new KeyShape("mac", new TextShape(AddressFormats.Mac), "Permanent MAC address."),
        new KeyShape("pci", new TextShape(MiscFormats.Pci), "Address on the PCI bus."))
    {
        ExactlyOne = ["name", "mac", "pci"],
    };

    private static MappingShape Vlan() => new(
        new KeyShape("id", new IntegerShape(1, 4094), "VLAN id (IEEE 802.1Q).", Required: true),
        new KeyShape("addresses", InterfaceAddresses(), "Static addresses with prefix length; none means DHCP.", Default: "[]"),
        new KeyShape("gateway", new TextShape(AddressFormats.Ip), "Default gateway, in the network of one of the addresses."));

    private static ListShape InterfaceAddresses() => new(new TextShape(AddressFormats.Interface), Most: 32);
}
