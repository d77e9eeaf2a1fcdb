using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec;

internal static partial class ClusterShape
{
    private static MappingShape Cilium() => new(
        new KeyShape("version", new TextShape(MiscFormats.Version), "Cilium release, 1.16 to 1.20.", Default: "\"1.16.19\""),
        new KeyShape("chart", Chart(), "Where the chart comes from; exactly one.", Default: "{\"repository\": \"https://helm.cilium.io\"}"),
        new KeyShape("masquerade", new ChoiceShape("none", "ebpf"), "Who translates pod addresses to the outside: none (pods leave with their own address, and a router must know the way back) or ebpf.", Default: "\"none\""),
        new KeyShape("acceleration", new ChoiceShape("disabled", "best-effort", "native"), "Whether Cilium takes the NIC's XDP hook for load balancing. Only 'disabled' leaves it to Slipway's own filter.", Default: "\"disabled\""),
        new KeyShape("devices", new ListShape(new TextShape(NameFormats.DevicePattern), Most: 64), "Network devices for Cilium; none lets it detect them.", Default: "[]"),
        new KeyShape("autoDirectNodeRoutes", new BooleanShape(), "All nodes are on one L2 segment, so each holds direct routes to the others' pods.", Default: "true"),
        new KeyShape("values", new FreeShape("values of the Cilium chart"), "Chart values that win over the generated ones.", Default: "{}"));

    private static MappingShape Chart() => new(
        new KeyShape("repository", new TextShape(MiscFormats.Repository), "URL of a Helm repository."),
        new KeyShape("oci", new TextShape(MiscFormats.Oci), "OCI reference without a tag."),
        new KeyShape("folder", new TextShape(MiscFormats.Folder), "Folder with an unpacked chart."),
        new KeyShape("archive", new TextShape(MiscFormats.Archive), "A chart as .tgz file."),
        new KeyShape("standIn", new BooleanShape(OnlyTrue: true), "The small stand-in chart that ships with Slipway; only a rehearsal may use it."))
    {
        ExactlyOne = ["repository", "oci", "folder", "archive", "standIn"],
    };

    private static MappingShape Policies() => new(
        new KeyShape("enabled", new BooleanShape(), "Apply network policies at all.", Default: "true"),
        new KeyShape("audit", new BooleanShape(), "Judge everything and drop nothing. Look at the verdicts, then set it to false.", Default: "true"),
        new KeyShape("hostFirewall", new BooleanShape(), "Talos' own firewall on every node, from boot on: ingress is blocked but for operators, nodes, pods and validators' ports. Needs network.operatorCIDRs and nodes that are named by address.", Default: "false"),
        new KeyShape("gossip", Ports(), "UDP ports of gossip and its neighbours.", Default: "\"8000-8002\""),
        new KeyShape("rpc", Ports(), "TCP ports of RPC and its websocket.", Default: "\"8899-8900\""),
        new KeyShape("jupiter", Jupiter(), "The Jupiter API pods, the only ones that may reach RPC."),
        new KeyShape("allowedDomains", new ListShape(new TextShape(NameFormats.DomainPattern)), "DNS names that the Jupiter API pods may look up and reach.", Default: "[\"*.solana.com\", \"*.jup.ag\"]"),
        new KeyShape("denyCIDRs", Networks with { Most = 1024 }, "Sources that are always dropped.", Default: "[]"));

    private static MappingShape Jupiter() => new(
        new KeyShape("namespace", new TextShape(NameFormats.DnsLabel), "Their namespace.", Default: "\"jupiter\""),
        new KeyShape("labels", new MapShape(NameFormats.LabelKey, new TextShape(NameFormats.LabelValue, AnyScalar: true)), "Labels of the pods.", Default: "{\"app\": \"jupiter-api\"}"));

    private static MappingShape Xdp() => new(
        new KeyShape("mode", new ChoiceShape("off", "observe", "enforce"), "off, observe (count what would be dropped) or enforce. The filter comes with the extension slipway-xdp, which the nodes' installer must carry.", Default: "\"off\""),
        new KeyShape("version", new TextShape(MiscFormats.Version), "The extension's version; a node with another is upgraded to the installer that the spec names. The default is whichever the installer has."));

    private static TextShape Ports() => new(MiscFormats.Ports, AnyScalar: true);
}
