using Slipway.Core.Spec.Formats;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Reading;

internal static partial class SpecBuilder
{
    private static readonly ChartSource DefaultChart = new(ChartSourceKind.Repository, "https://helm.cilium.io");

    private static CiliumSpec Cilium(SpecValue? value)
    {
        var defaults = new CiliumSpec { Version = CiliumSpec.DefaultVersion, Chart = DefaultChart };
        return value is null ? defaults : defaults with
        {
            Version = value.TextOf("version") is { } version ? ReleaseVersion.Parse(version) : defaults.Version,
            Chart = value.Find("chart") is { } chart ? Chart(chart) : defaults.Chart,
            Masquerade = value.TextOf("masquerade") == "ebpf" ? MasqueradeProfile.Ebpf : defaults.Masquerade,
            Acceleration = value.TextOf("acceleration") switch
            {
                "native" => AccelerationProfile.Native,
                "best-effort" => AccelerationProfile.BestEffort,
                _ => defaults.Acceleration,
            },
            Devices = Texts(value.Find("devices")) ?? defaults.Devices,
            AutoDirectNodeRoutes = value.BooleanOf("autoDirectNodeRoutes") ?? defaults.AutoDirectNodeRoutes,
            ValuesOverride = value.Find("values") is { } values ? YamlWriting.Document(values.Node) : null,
            ValuesOverrideLine = value.Find("values")?.Line ?? 0,
        };
    }

    private static ChartSource Chart(SpecValue value) =>
        value.TextOf("repository") is { } repository ? new ChartSource(ChartSourceKind.Repository, repository)
        : value.TextOf("oci") is { } oci ? new ChartSource(ChartSourceKind.Oci, oci)
        : value.TextOf("folder") is { } folder ? new ChartSource(ChartSourceKind.Folder, folder)
        : value.TextOf("archive") is { } archive ? new ChartSource(ChartSourceKind.Archive, archive)
        : new ChartSource(ChartSourceKind.StandIn, "");

    private static PolicySpec Policies(SpecValue? value)
    {
        var defaults = new PolicySpec();
        return value is null ? defaults : defaults with
        {
            Enabled = value.BooleanOf("enabled") ?? defaults.Enabled,
            Audit = value.BooleanOf("audit") ?? defaults.Audit,
            HostFirewall = value.BooleanOf("hostFirewall") ?? defaults.HostFirewall,
            Gossip = Ports(value.TextOf("gossip")) ?? defaults.Gossip,
            Rpc = Ports(value.TextOf("rpc")) ?? defaults.Rpc,
            JupiterNamespace = value.TextOf("jupiter", "namespace") ?? defaults.JupiterNamespace,
            JupiterLabels = Map(value.Find("jupiter", "labels")) ?? defaults.JupiterLabels,
            AllowedDomains = Texts(value.Find("allowedDomains")) ?? defaults.AllowedDomains,
            DenyCidrs = Networks(value.Find("denyCIDRs")) ?? defaults.DenyCidrs,
        };
    }

    private static PortRange? Ports(string? text) => text is not null && MiscFormats.TryPorts(text, out var ports) ? ports : null;

    private static XdpMode XdpModeOf(string? text) => text switch
    {
        "observe" => XdpMode.Observe,
        "enforce" => XdpMode.Enforce,
        _ => XdpMode.Off,
    };
}
