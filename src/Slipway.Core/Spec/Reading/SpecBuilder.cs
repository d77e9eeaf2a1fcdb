using Slipway.Core.Spec.Formats;
using Slipway.Core.Versions;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

/// <summary>Turns a value without errors into the spec, with every default filled in.</summary>
internal static partial class SpecBuilder
{
    public static ClusterSpec Build(SpecValue root) => Build(root, Profiles(root.Find("profiles")));

    private static ClusterSpec Build(SpecValue root, Dictionary<string, ProfileSpec> profiles) => new()
    {
        Name = root.Find("name")!.Text,
        Endpoint = new Uri(root.Find("endpoint")!.Text),
        Talos = ReleaseVersion.Parse(root.Find("talos", "version")!.Text),
        InstallerImage = root.TextOf("talos", "installer"),
        InstallerArchive = root.TextOf("talos", "installerArchive"),
        ImageFactory = root.TextOf("talos", "factory") ?? "factory.talos.dev",
        SecureBoot = root.BooleanOf("talos", "secureBoot") ?? false,
        Extensions = Texts(root.Find("talos", "extensions")) ?? [],
        DropExtensions = Texts(root.Find("talos", "dropExtensions")) ?? [],
        Profiles = profiles,
        Kubernetes = ReleaseVersion.Parse(root.Find("kubernetes", "version")!.Text),
        Network = Network(root.Find("network")),
        SecretsFile = root.TextOf("secrets") ?? "secrets.yaml",
        Configs = new BaseConfigSpec
        {
            ControlPlane = BaseConfig(root.TextOf("configs", "controlPlane")),
            Worker = BaseConfig(root.TextOf("configs", "worker")),
        },
        Patches = Patches(root.ItemsOf("patches", "all")),
        ControlPlanePatches = Patches(root.ItemsOf("patches", "controlPlane")),
        WorkerPatches = Patches(root.ItemsOf("patches", "worker")),
        Nodes = [.. root.ItemsOf("nodes").Select(Node).Select(node => node with { Layout = node.Profile is { } name ? profiles.GetValueOrDefault(name) : null })],
        Cilium = Cilium(root.Find("cilium")),
        Policies = Policies(root.Find("policies")),
        Xdp = new XdpSpec
        {
            Mode = XdpModeOf(root.TextOf("xdp", "mode")),
            Version = root.TextOf("xdp", "version") is { } filter ? ReleaseVersion.Parse(filter) : null,
        },
    };

    private static NetworkSpec Network(SpecValue? value)
    {
        var defaults = new NetworkSpec { PodCidrs = [NetworkSpec.DefaultPodCidr], ServiceCidrs = [NetworkSpec.DefaultServiceCidr] };
        return value is null ? defaults : defaults with
        {
            PodCidrs = Networks(value.Find("podCIDRs")) ?? defaults.PodCidrs,
            ServiceCidrs = Networks(value.Find("serviceCIDRs")) ?? defaults.ServiceCidrs,
            OperatorCidrs = Networks(value.Find("operatorCIDRs")) ?? defaults.OperatorCidrs,
            DnsDomain = value.TextOf("dnsDomain") ?? defaults.DnsDomain,
            Mtu = value.IntegerOf("mtu") ?? defaults.Mtu,
        };
    }

    private static List<string>? Networks(SpecValue? list) =>
        list?.Items.Select(item => Cidr.TryParse(item.Text, out var cidr) ? cidr.ToString() : item.Text).ToList();

    private static string? BaseConfig(string? text) => text is null or "generate" ? null : text;

    private static List<PatchRef> Patches(IEnumerable<SpecValue> items) =>
        [.. items.Select(item => item.Node is YamlMappingNode
            ? new PatchRef(null, YamlWriting.Document(item.Node), item.Line)
            : new PatchRef(item.Text, null, item.Line))];

    private static Dictionary<string, string>? Map(SpecValue? map) => map?.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Text);

    private static List<string>? Texts(SpecValue? list) => list?.Items.Select(item => item.Text).ToList();
}
