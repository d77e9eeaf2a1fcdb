using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Generation;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Tests.MachineConfig.Rendering;

public sealed class NodeRendererTests
{
    private static readonly string[] Versions = ["1.10.9", "1.11.6", "1.12.11", "1.13.9", "1.14.0-rc.1"];

    public static TheoryData<string, NodeRole> EveryDialect()
    {
        var data = new TheoryData<string, NodeRole>();
        foreach (var version in Versions)
        {
            data.Add(version, NodeRole.ControlPlane);
            data.Add(version, NodeRole.Worker);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(EveryDialect))]
    public void The_same_request_gives_the_same_text_and_its_own_output_as_base_changes_nothing(string talos, NodeRole role)
    {
        var request = Rendered.Request(talos, role, Everything);
        var first = new Rendered(NodeRenderer.Render(request));
        Assert.Equal(first.Text, new Rendered(NodeRenderer.Render(request)).Text);
        var again = request with { BaseConfig = new PatchSource("base.yaml", first.Text) };
        Assert.Equal(first.Text, new Rendered(NodeRenderer.Render(again)).Text);
    }

    [Theory]
    [MemberData(nameof(EveryDialect))]
    public void Every_node_has_its_name_disk_image_and_cluster(string talos, NodeRole role)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role)));
        var documents = talos.StartsWith("1.14", StringComparison.Ordinal);
        var name = role == NodeRole.Worker ? "validator-1" : "cp-1";
        Assert.Equal(name, config["HostnameConfig", "hostname"] ?? config["v1alpha1", "machine.network.hostname"]);
        Assert.Null(config["HostnameConfig", "auto"]);
        Assert.Equal("api.example.org,10.0.0.21", config["v1alpha1", "machine.certSANs"]);
        if (documents)
        {
            Assert.Equal("disk.serial == \"S4EV\"", config["UnattendedInstallConfig", "provisioning.diskSelector.match"]);
            Assert.Equal("false", config["UnattendedInstallConfig", "provisioning.wipe"]);
            Assert.Equal("factory.talos.dev/metal-installer/376567988ad370138ad8b2698212367b8edcb69b5fd68c80be1f2ec7d603b4ba:v1.14.0-rc.1", config["UnattendedInstallConfig", "installer.image"]);
            Assert.Equal("https://api.example.org:6443", config["KubeClusterConfig", "endpoint"]);
            Assert.Equal("10.20.0.0/16", config["KubeNetworkConfig", "podSubnets"]);
            Assert.Equal("ghcr.io/siderolabs/kubelet:v1.33.4", config["KubeletConfig", "image"]);
            Assert.Null(config["v1alpha1", "machine.install"]);
            Assert.Null(config["v1alpha1", "machine.kubelet"]);
        }
        else
        {
            Assert.Equal("S4EV", config["v1alpha1", "machine.install.diskSelector.serial"]);
            Assert.Equal($"ghcr.io/siderolabs/installer:v{talos}", config["v1alpha1", "machine.install.image"]);
            Assert.Equal("https://api.example.org:6443", config["v1alpha1", "cluster.controlPlane.endpoint"]);
            Assert.Equal("10.20.0.0/16", config["v1alpha1", "cluster.network.podSubnets"]);
            Assert.Equal("prod.local", config["v1alpha1", "cluster.network.dnsDomain"]);
        }
    }

    [Theory]
    [MemberData(nameof(EveryDialect))]
    public void A_link_with_an_MTU_always_has_addresses_or_DHCP(string talos, NodeRole role)
    {
        var dhcp = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role, node => node with { Interface = new InterfaceSpec { Name = "enp1s0" } })));
        var vlan = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role, node => node with { Interface = new InterfaceSpec { Name = "enp1s0", Mtu = 1500, Vlan = new VlanSpec(100, ["10.0.0.21/24"], "10.0.0.1") } })));
        if (talos.StartsWith("1.10", StringComparison.Ordinal) || talos.StartsWith("1.11", StringComparison.Ordinal))
        {
            Assert.Equal("interface=enp1s0;mtu=9000;dhcp=true", dhcp["v1alpha1", "machine.network.interfaces"]);
            Assert.Equal("interface=enp1s0;mtu=1500;vlans=vlanId=100;mtu=1500;addresses=10.0.0.21/24;routes=network=0.0.0.0/0;gateway=10.0.0.1", vlan["v1alpha1", "machine.network.interfaces"]);
        }
        else
        {
            Assert.Equal("9000", dhcp["LinkConfig/enp1s0", "mtu"]);
            Assert.Contains("DHCPv4Config/enp1s0", dhcp.Labels);
            Assert.Equal("address=10.0.0.21/24", vlan["VLANConfig/enp1s0.100", "addresses"]);
            Assert.Equal("gateway=10.0.0.1", vlan["VLANConfig/enp1s0.100", "routes"]);
            Assert.Equal("1500", vlan["LinkConfig/enp1s0", "mtu"]);
            Assert.DoesNotContain(vlan.Labels, label => label.StartsWith("DHCPv4Config", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(EveryDialect))]
    public void A_node_without_a_named_interface_keeps_the_implicit_DHCP_of_all_links(string talos, NodeRole role)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role)));
        Assert.DoesNotContain(config.Labels, label => label.StartsWith("LinkConfig", StringComparison.Ordinal) || label.StartsWith("DHCPv4Config", StringComparison.Ordinal));
        Assert.Null(config["v1alpha1", "machine.network.interfaces"]);
    }

    [Theory]
    [MemberData(nameof(EveryDialect))]
    public void Control_planes_have_neither_flannel_nor_kube_proxy_and_workers_nothing_of_the_kind(string talos, NodeRole role)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role)));
        var documents = talos.StartsWith("1.14", StringComparison.Ordinal);
        Assert.DoesNotContain("KubeFlannelCNIConfig", config.Labels);
        Assert.Equal(role == NodeRole.ControlPlane && documents ? "false" : null, config["KubeProxyConfig", "enabled"]);
        Assert.Equal(role == NodeRole.ControlPlane && !documents ? "true" : null, config["v1alpha1", "cluster.proxy.disabled"]);
        Assert.Equal(role == NodeRole.ControlPlane && !documents ? "none" : null, config["v1alpha1", "cluster.network.cni.name"]);
        Assert.Equal("7445", config["KubePrismConfig", "port"] ?? config["v1alpha1", "machine.features.kubePrism.port"]);
    }

    [Theory]
    [InlineData("1.13.9", MasqueradeProfile.None, "true")]
    [InlineData("1.13.9", MasqueradeProfile.Ebpf, "false")]
    [InlineData("1.14.0", MasqueradeProfile.None, "true")]
    [InlineData("1.14.0", MasqueradeProfile.Ebpf, "false")]
    public void CoreDNS_asks_the_node_only_when_pods_cannot_ask_the_world(string talos, MasqueradeProfile profile, string forward)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, spec: spec => spec with { Cilium = spec.Cilium with { Masquerade = profile } })));
        Assert.Equal(forward, config["ResolverConfig", "hostDNS.forwardKubeDNSToHost"] ?? config["v1alpha1", "machine.features.hostDNS.forwardKubeDNSToHost"]);
    }

    [Theory]
    [InlineData("1.13.9", "agave", "134217728", null)]
    [InlineData("1.14.0", "firedancer", "134217728", "2")]
    [InlineData("1.14.0", "db", null, null)]
    [InlineData("1.12.0", null, null, null)]
    public void Validators_get_their_kernel_parameters_and_others_do_not(string talos, string? profile, string? buffers, string? filter)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, node => node with { Profile = profile })));
        Assert.Equal(buffers, Sysctl("net~core~rmem_max"));
        Assert.Equal(filter, Sysctl("net~ipv4~conf~lo~rp_filter"));

        string? Sysctl(string name) => config["SysctlConfig", $"params.{name}"] ?? config["v1alpha1", $"machine.sysctls.{name}"];
    }

    [Fact]
    public void Users_patches_come_last_and_a_finding_names_the_one_that_is_wrong()
    {
        var request = Rendered.Request("1.13.9", NodeRole.Worker, Everything);
        var patched = new Rendered(NodeRenderer.Render(request with { Patches = [new PatchSource("mine.yaml", "machine: {nodeLabels: {zone: z9}, sysctls: {vm.max_map_count: '7'}}")] }));
        Assert.Equal("z9", patched["v1alpha1", "machine.nodeLabels.zone"]);
        Assert.Equal("7", patched["v1alpha1", "machine.sysctls.vm~max_map_count"]);

        var broken = NodeRenderer.Render(request with { Patches = [new PatchSource("broken.yaml", "machine: [unclosed\n")] });
        Assert.Null(broken.Config);
        Assert.Equal("broken.yaml", Assert.Single(broken.Findings).File);
    }

    [Theory]
    [InlineData("machine: {kubelet: {extraArgs: {v: '4'}}}", "KubeletConfig")]
    [InlineData("machine: {features: {hostDNS: {enabled: false}}}", "ResolverConfig")]
    [InlineData("machine: {install: {disk: /dev/sda}}", "UnattendedInstallConfig")]
    public void A_patch_in_the_old_form_is_refused_for_1_14_before_Talos_does(string patch, string kind)
    {
        var request = Rendered.Request("1.14.0", NodeRole.Worker) with { Patches = [new PatchSource("old.yaml", patch)] };
        var result = NodeRenderer.Render(request);
        Assert.Null(result.Config);
        Assert.Contains(kind, Assert.Single(result.Findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_base_config_of_the_old_form_keeps_it_on_1_14()
    {
        var old = ConfigGenerator.Generate(Generation("1.13.9", NodeRole.ControlPlane));
        var config = new Rendered(NodeRenderer.Render(Rendered.Request("1.14.0", NodeRole.ControlPlane, Everything) with { BaseConfig = new PatchSource("base.yaml", old) }));
        Assert.Equal("none", config["v1alpha1", "cluster.network.cni.name"]);
        Assert.Equal("true", config["v1alpha1", "cluster.proxy.disabled"]);
        Assert.DoesNotContain(config.Labels, label => label.StartsWith("Kube", StringComparison.Ordinal) || label == "UnattendedInstallConfig");
    }

    [Fact]
    public void A_mirror_in_a_base_config_stays_and_only_the_version_follows_the_spec()
    {
        var own = ConfigGenerator.Generate(Generation("1.13.9", NodeRole.Worker)).Replace("ghcr.io/siderolabs/kubelet:v1.28.0", "mirror.example:5000/kubelet:v1.30.1@sha256:abc", StringComparison.Ordinal)
            .Replace("wipe: false", "disk: /dev/sda", StringComparison.Ordinal);
        var config = new Rendered(NodeRenderer.Render(Rendered.Request("1.13.9", NodeRole.Worker) with { BaseConfig = new PatchSource("base.yaml", own) }));
        Assert.Equal("mirror.example:5000/kubelet:v1.33.4", config["v1alpha1", "machine.kubelet.image"]);
        Assert.Null(config["v1alpha1", "machine.install.disk"]);
        Assert.Equal("S4EV", config["v1alpha1", "machine.install.diskSelector.serial"]);
    }

    [Fact]
    public void A_base_config_of_another_role_or_cluster_is_refused_and_not_quoted()
    {
        var worker = ConfigGenerator.Generate(Generation("1.13.9", NodeRole.Worker) with { Secrets = TestSecretsOther });
        var result = NodeRenderer.Render(Rendered.Request("1.13.9", NodeRole.ControlPlane) with { BaseConfig = new PatchSource("base.yaml", worker) });
        Assert.Null(result.Config);
        Assert.Equal(["machine.type", "machine.token", "machine.ca.crt"], result.Findings.Select(finding => finding.Path));
        Assert.DoesNotContain(result.Findings, finding => finding.ToString().Contains(TestSecretsOther.TrustdToken.Reveal(), StringComparison.Ordinal));
    }

    private static SecretsBundle TestSecretsOther { get; } = Pki.TestSecrets.Create(new Core.Versions.ReleaseVersion(1, 13, 0));

    private static NodeSpec Everything(NodeSpec node) => node with
    {
        Interface = new InterfaceSpec { Name = "enp1s0", Addresses = ["10.0.0.21/24"], Gateway = "10.0.0.1", Vlan = new VlanSpec(7, [], null) },
        Labels = new Dictionary<string, string> { ["zone"] = "a", ["example.org/on"] = "true" },
        Taints = new Dictionary<string, string> { ["dedicated"] = "validator:NoSchedule" },
        Profile = "firedancer",
    };

    private static GenerateRequest Generation(string talos, NodeRole role) => new()
    {
        Talos = Core.Versions.ReleaseVersion.Parse(talos),
        Role = role,
        ClusterName = "base",
        Endpoint = new Uri("https://base:6443"),
        Kubernetes = new Core.Versions.ReleaseVersion(1, 28, 0),
        Network = new NetworkSpec { PodCidrs = ["10.244.0.0/16"], ServiceCidrs = ["10.96.0.0/12"] },
        Secrets = Pki.TestSecrets.Bundle,
    };
}
