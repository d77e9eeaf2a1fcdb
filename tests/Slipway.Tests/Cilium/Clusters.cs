using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Cilium;

/// <summary>Specs for tests about values and policies.</summary>
internal static class Clusters
{
    public static ClusterSpec Usual { get; } = new()
    {
        Name = "sol",
        Endpoint = new Uri("https://10.0.0.10:6443"),
        Talos = new ReleaseVersion(1, 13, 9),
        Kubernetes = new ReleaseVersion(1, 34, 1),
        Network = new NetworkSpec
        {
            PodCidrs = ["10.244.0.0/16"],
            ServiceCidrs = ["10.96.0.0/12"],
            OperatorCidrs = ["192.0.2.0/24"],
        },
        Nodes =
        [
            Node("cp-1", "10.0.0.11", NodeRole.ControlPlane),
            Node("cp-2", "10.0.0.12", NodeRole.ControlPlane),
            Node("cp-3", "10.0.0.13", NodeRole.ControlPlane),
            Node("val-1", "10.0.0.21", NodeRole.Worker) with { Profile = "agave" },
        ],
        Configs = new BaseConfigSpec(),
        SecretsFile = "secrets.yaml",
        Cilium = new CiliumSpec
        {
            Version = CiliumSpec.DefaultVersion,
            Chart = new ChartSource(ChartSourceKind.Repository, "https://helm.cilium.io"),
        },
        Policies = new PolicySpec(),
        Xdp = new XdpSpec(),
    };

    public static ClusterSpec With(this ClusterSpec spec, Func<CiliumSpec, CiliumSpec> change) => spec with { Cilium = change(spec.Cilium) };

    public static ClusterSpec WithValues(this ClusterSpec spec, string yaml, int line = 40) =>
        spec.With(cilium => cilium with { ValuesOverride = yaml, ValuesOverrideLine = line });

    public static ClusterSpec WithPolicies(this ClusterSpec spec, Func<PolicySpec, PolicySpec> change) => spec with { Policies = change(spec.Policies) };

    public static NodeSpec Node(string name, string address, NodeRole role) => new()
    {
        Name = name,
        Address = address,
        Role = role,
        Install = new InstallSpec { Disk = "/dev/nvme0n1" },
        Interface = new InterfaceSpec { Name = "enp1s0", Addresses = [$"{address}/24"], Gateway = "10.0.0.1" },
    };
}
