using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec;

/// <summary>
/// The one definition of cluster.yaml: its keys, what may stand under them, what they mean and what they default to. The
/// reader refuses what is not here, the JSON Schema prints it, and a drafted file takes its comments from it.
/// </summary>
internal static partial class ClusterShape
{
    /// <summary>More nodes than the largest cluster that Kubernetes is built for (5,000) are a mistake.</summary>
    private const int MostNodes = 5000;

    private static readonly FreeShape MachineConfig = new("a piece of machine config");

    private static readonly ListShape Patches = new(new EitherShape(new TextShape(MiscFormats.Path), MachineConfig));

    private static readonly ListShape Networks = new(new TextShape(AddressFormats.Network));

    public static MappingShape Root { get; } = new(
        new KeyShape("name", new TextShape(NameFormats.DnsLabel), "Name of the cluster: in Talos, in the talosconfig and kubeconfig contexts, and in Cilium.", Required: true),
        new KeyShape("endpoint", new TextShape(MiscFormats.Endpoint), "The Kubernetes API as nodes and operators reach it: a virtual IP, a DNS name or a load balancer in front of all control planes.", Required: true),
        new KeyShape("talos", Talos(), "The Talos Linux that every node shall run.", Required: true),
        new KeyShape("kubernetes", Kubernetes(), "The Kubernetes that Talos shall run.", Required: true),
        new KeyShape("network", Network(), "Address ranges and MTU. They must not overlap, and pod and service ranges cannot change later."),
        new KeyShape("secrets", new TextShape(MiscFormats.Path), "The secrets bundle, in the format of 'talosctl gen secrets'. It is created when it is not there; keep it safe and out of git.", Default: "\"secrets.yaml\""),
        new KeyShape("configs", Configs(), "Where machine configs start from: generated, or a config that you already have."),
        new KeyShape("patches", RolePatches(), "Machine config patches, by file or written out here; applied in this order: all, then the role's, then the node's."),
        new KeyShape("profiles", new MapShape(NameFormats.Profile, Profile()), "Kinds of nodes, by the name that nodes give under 'profile': client, CPU and NIC layout, huge pages, kernel arguments.", Default: "{}"),
        new KeyShape("nodes", new ListShape(Node(), Least: 1, Most: MostNodes), "The machines, in the order in which they are set up. An odd number of them must be control planes.", Required: true),
        new KeyShape("cilium", Cilium(), "The Cilium release: version, where the chart comes from, and what is special about it."),
        new KeyShape("policies", Policies(), "Network policies for validators and for the Jupiter API."),
        new KeyShape("xdp", Xdp(), "The XDP filter on validator nodes."));

    private static MappingShape Talos() => new(
        new KeyShape("version", new TextShape(MiscFormats.Version), "Talos release, 1.10 to 1.14.", Required: true),
        new KeyShape("installer", new TextShape(MiscFormats.Image), "Installer image, such as one from an image factory with extensions; the default is the one that belongs to the version, or an image factory's where kernel arguments or extensions are wanted."),
        new KeyShape("installerArchive", new TextShape(MiscFormats.Path), "Archive of an installer image, as 'slipway extension installer' makes it, that is sent to the nodes through the Talos API: no registry is asked for it. They are installed by 'installer' or its default first and upgraded to this before the cluster starts. Talos 1.13 and later."),
        new KeyShape("factory", new TextShape(LayoutFormats.Factory), "The image factory that makes installers with kernel arguments and extensions.", Default: "\"factory.talos.dev\""),
        new KeyShape("secureBoot", new BooleanShape(), "Take the image factory's installers that are signed for SecureBoot.", Default: "false"),
        new KeyShape("extensions", new ListShape(new TextShape(LayoutFormats.Extension)), "System extensions on every node. The image factory puts official ones into its installers; of an installer of your own this says what it carries.", Default: "[]"),
        new KeyShape("dropExtensions", new ListShape(new TextShape(LayoutFormats.ExtensionName)), "Extensions that nodes may lose by an upgrade; without this an upgrade that would drop one is refused.", Default: "[]"));

    private static MappingShape Kubernetes() => new(
        new KeyShape("version", new TextShape(MiscFormats.Version), "Kubernetes release, within what the Talos release supports.", Required: true));

    private static MappingShape Network() => new(
        new KeyShape("podCIDRs", Networks with { Least = 1, Most = 2 }, "Ranges for pods: one, or one IPv4 and one IPv6. Each node gets a /24 (IPv6: /64) of it.", Default: "[\"10.244.0.0/16\"]"),
        new KeyShape("serviceCIDRs", Networks with { Least = 1, Most = 2 }, "Ranges for services, of the same families as the pods' ranges.", Default: "[\"10.96.0.0/12\"]"),
        new KeyShape("operatorCIDRs", Networks, "Where operators sit. No policy and no filter may ever cut these off.", Default: "[]"),
        new KeyShape("dnsDomain", new TextShape(NameFormats.DnsDomain), "DNS domain of the cluster's services.", Default: "\"cluster.local\""),
        new KeyShape("mtu", Mtu(), "MTU of the nodes' network; every NIC and switch on the way must carry it.", Default: "9000"));

    private static MappingShape Configs() => new(
        new KeyShape("controlPlane", new TextShape(MiscFormats.BaseConfig), "'generate', or the path of a control-plane config.", Default: "\"generate\""),
        new KeyShape("worker", new TextShape(MiscFormats.BaseConfig), "'generate', or the path of a worker config.", Default: "\"generate\""));

    private static MappingShape RolePatches() => new(
        new KeyShape("all", Patches, "For every node.", Default: "[]"),
        new KeyShape("controlPlane", Patches, "For control planes.", Default: "[]"),
        new KeyShape("worker", Patches, "For workers.", Default: "[]"));

    // 1280 is the least that IPv6 allows (RFC 8200, section 5); 9216 is the most that common switches carry.
    private static IntegerShape Mtu() => new(1280, 9216);
}
