using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Spec;

public sealed class SpecReaderTests
{
    [Fact]
    public void A_minimal_spec_is_filled_with_defaults()
    {
        var spec = Good(GoodSpecs.Minimal);

        Assert.Equal("prod", spec.Name);
        Assert.Equal(new Uri("https://10.0.0.10:6443"), spec.Endpoint);
        Assert.Equal(new ReleaseVersion(1, 12, 4), spec.Talos);
        Assert.Null(spec.InstallerImage);
        Assert.Equal(["10.244.0.0/16"], spec.Network.PodCidrs);
        Assert.Equal(["10.96.0.0/12"], spec.Network.ServiceCidrs);
        Assert.Equal(9000, spec.Network.Mtu);
        Assert.Equal("secrets.yaml", spec.SecretsFile);
        Assert.Null(spec.Configs.ControlPlane);
        Assert.Equal(CiliumSpec.DefaultVersion, spec.Cilium.Version);
        Assert.Equal(new ChartSource(ChartSourceKind.Repository, "https://helm.cilium.io"), spec.Cilium.Chart);
        Assert.True(spec.Policies is { Enabled: true, Audit: true });
        Assert.Equal(XdpMode.Off, spec.Xdp.Mode);
        var node = Assert.Single(spec.Nodes);
        Assert.Equal(50000, node.Port);
        Assert.True(node.Identity.IsEmpty);
        Assert.Equal(new InstallSpec { Disk = "/dev/sda" }, node.Install);
        Assert.Null(node.Interface);
    }

    [Fact]
    public void Every_key_of_a_complete_spec_arrives()
    {
        var spec = Good(GoodSpecs.Complete);

        Assert.StartsWith("factory.talos.dev/", spec.InstallerImage, StringComparison.Ordinal);
        Assert.Equal(["10.128.0.0/16", "fd00:10:128::/56"], spec.Network.PodCidrs);
        Assert.Equal(["192.0.2.0/24", "198.51.100.7/32"], spec.Network.OperatorCidrs);
        Assert.Equal(("prod.internal", 8900), (spec.Network.DnsDomain, spec.Network.Mtu));
        Assert.Equal(new BaseConfigSpec { ControlPlane = "./base/controlplane.yaml", Worker = "./base/worker.yaml" }, spec.Configs);
        Assert.Equal("./patches/time.yaml", spec.Patches[0].Path);
        Assert.Equal("machine:\n  sysctls: {net.core.somaxconn: \"4096\"}\n", spec.Patches[1].Inline);
        Assert.Equal(26, spec.Patches[1].Line);
        Assert.Equal("./patches/cp.yaml", Assert.Single(spec.ControlPlanePatches).Path);

        var first = spec.Nodes[0];
        Assert.Equal(50001, first.Port);
        Assert.Equal(new NodeIdentity { Uuid = "4c4c4544-0042-3510-8053-b4c04f4d5331", Mac = "52:54:00:aa:bb:01", Serial = "7391042" }, first.Identity);
        Assert.Equal(new InstallSpec { Serial = "S4EVNX0R123456", Wipe = true }, first.Install);
        Assert.Equal(("enp1s0", 9000, "10.0.0.1"), (first.Interface!.Name, first.Interface.Mtu, first.Interface.Gateway));
        Assert.Equal(["10.0.0.11/24"], first.Interface.Addresses);
        Assert.Equal(new Dictionary<string, string> { ["example.org/role"] = "control", ["zone"] = "", ["rack"] = "12" }, first.Labels);
        Assert.Equal("etcd:NoSchedule", first.Taints["example.org/reserved"]);
        Assert.Equal(2, first.Patches.Count);

        var old = spec.Nodes[2];
        Assert.Equal(("v1.11.6", "v1.12.4"), (spec.TalosOf(old).ToString(), spec.TalosOf(first).ToString()));
        Assert.EndsWith(":v1.11.6", spec.For(old).InstallerImage, StringComparison.Ordinal);
        Assert.Equal(spec.InstallerImage, spec.For(first).InstallerImage);

        var worker = spec.Nodes[3];
        Assert.Equal(NodeRole.Worker, worker.Role);
        Assert.Equal("0042", worker.Install.Serial);
        Assert.Equal(100, worker.Interface!.Vlan!.Id);
        Assert.Equal("epyc", worker.Profile);
        Assert.Equal(ValidatorClient.AgaveXdp, worker.Client);
        var cpus = worker.Layout!.Cpus!;
        Assert.Equal(("0-1,32-33", "2-3", "4-31,34-63"), (cpus.Housekeeping.ToString(), cpus.Network.ToString(), cpus.Workload.ToString()));
        Assert.Equal((0, CpuIsolation.Interrupts, "performance", new FrequencyDriver("amd", "active")), (cpus.NumaNode, cpus.Isolation, cpus.Governor, cpus.FrequencyDriver));
        Assert.Equal((true, true, false), (cpus.ShallowIdle, cpus.WholeCores, cpus.Tickless));
        Assert.Equal(new HugePagesSpec { Gigantic = 2, Huge = 1024 }, worker.Layout.HugePages);
        var nic = worker.Layout.Nic!;
        Assert.Equal((2, 4096, 1024, true), (nic.Queues, nic.RxRing, nic.TxRing, nic.NapiThreads));
        Assert.Equal(new Dictionary<string, bool> { ["rx-gro-hw"] = false, ["tx-tcp-segmentation"] = true }, nic.Features);
        Assert.Equal(["iommu.passthrough=1", "nowatchdog"], worker.Layout.KernelArgs);
        Assert.Equal((1, BootLoader.Grub, "registry.prod.internal/installer:v1.12.4"), (worker.Layout.BpfJitHarden, worker.Layout.BootLoader, worker.Layout.InstallerImage));
        Assert.Equal(("factory.prod.internal", true), (spec.ImageFactory, spec.SecureBoot));
        Assert.Equal("siderolabs/nvme-cli", Assert.Single(spec.Extensions));
        Assert.Equal("iscsi-tools", Assert.Single(spec.DropExtensions));

        Assert.Equal((MasqueradeProfile.Ebpf, AccelerationProfile.BestEffort, false), (spec.Cilium.Masquerade, spec.Cilium.Acceleration, spec.Cilium.AutoDirectNodeRoutes));
        Assert.Equal(new ChartSource(ChartSourceKind.Oci, "oci://quay.io/cilium/charts/cilium"), spec.Cilium.Chart);
        Assert.Equal("hubble: {relay: {enabled: true}}\n", spec.Cilium.ValuesOverride);
        Assert.Equal((new PortRange(8001, 8020), new PortRange(8899, 8899)), (spec.Policies.Gossip, spec.Policies.Rpc));
        Assert.Equal("jup", spec.Policies.JupiterNamespace);
    }

    [Fact]
    public void A_byte_order_mark_and_CRLF_change_nothing()
    {
        var dos = "\uFEFF" + GoodSpecs.Complete.ReplaceLineEndings("\r\n");

        Assert.Equivalent(Good(GoodSpecs.Complete), Good(dos), strict: true);
    }

    [Fact]
    public void All_findings_come_at_once_each_with_its_place()
    {
        const string text = """
            name: Prod_1
            endpoint: http://10.0.0.10:6443
            talos: {verison: v1.12.4}
            kubernetes: {version: 1.30}
            network: {podCIDRs: [10.244.1.0/16], mtu: 900}
            nodes:
              - {name: cp1, address: 10.0.0.11, role: master, install: {disk: /dev/sda, serial: X}}
            """;

        var result = SpecReader.Read("cluster.yaml", text);

        Assert.Null(result.Spec);
        Assert.Equal(
            [
                "cluster.yaml:1:7: error: name: 'Prod_1' is not a DNS label; expected lower-case letters, digits and '-', at most 63, no '-' at the ends; hint: try 'prod-1'",
                "cluster.yaml:2:11: error: endpoint: 'http://10.0.0.10:6443' is not an API endpoint; expected https://host:port; hint: the Kubernetes API only speaks https",
                "cluster.yaml:3:8: error: talos: key 'version' is missing; expected a version; hint: such as version: v1.13.9",
                "cluster.yaml:3:9: error: talos: unknown key 'verison'; expected one of version, installer, installerArchive, factory, secureBoot, extensions, dropExtensions; hint: did you mean 'version'?",
                "cluster.yaml:4:23: error: kubernetes.version: found the number '1.30'; expected a version with three numbers such as v1.13.9; hint: name the patch release too, such as 1.30.0",
                "cluster.yaml:5:22: error: network.podCIDRs[0]: '10.244.1.0/16' is not a network; expected a CIDR with the host bits zero, such as 10.244.0.0/16; hint: the network is 10.244.0.0/16",
                "cluster.yaml:5:43: error: network.mtu: found '900'; expected a whole number from 1280 to 9216",
                "cluster.yaml:7:43: error: nodes[0].role: found 'master'; expected controlplane or worker",
                "cluster.yaml:7:77: error: nodes[0].install: both disk and serial are given; expected exactly one of serial, wwid and disk; hint: keep the one that is true",
            ],
            result.Findings.Select(finding => finding.ToString()));
    }

    private static ClusterSpec Good(string text)
    {
        var result = SpecReader.Read("cluster.yaml", text);
        Assert.Empty(result.Findings);
        return result.Spec!;
    }
}
