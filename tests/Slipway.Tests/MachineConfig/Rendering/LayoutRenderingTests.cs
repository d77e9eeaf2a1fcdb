using System.Text.Json.Nodes;
using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;

namespace Slipway.Tests.MachineConfig.Rendering;

/// <summary>What a node's profile becomes in each dialect.</summary>
public sealed class LayoutRenderingTests
{
    private const string Classic = "v1alpha1";

    [Theory]
    [InlineData("1.10.9")]
    [InlineData("1.13.9")]
    [InlineData("1.14.0-rc.1")]
    public void Kubelet_keeps_the_profiles_CPUs_and_takes_one_NUMA_node(string talos)
    {
        var config = Render(talos);
        var (document, path) = talos.StartsWith("1.14", StringComparison.Ordinal) ? ("KubeletConfig", "config") : (Classic, "machine.kubelet.extraConfig");

        Assert.Equal("static", config[document, $"{path}.cpuManagerPolicy"]);
        Assert.Equal("0-3", config[document, $"{path}.reservedSystemCPUs"]);
        Assert.Equal("single-numa-node", config[document, $"{path}.topologyManagerPolicy"]);
        Assert.Equal("full-pcpus-only=true", config[document, $"{path}.cpuManagerPolicyOptions"]);
    }

    [Theory]
    [InlineData("1.10.9")]
    [InlineData("1.14.0-rc.1")]
    public void Masks_limits_and_the_NIC_are_in_the_dialect_of_the_version(string talos)
    {
        var config = Render(talos);
        var isNew = talos.StartsWith("1.14", StringComparison.Ordinal);

        Assert.Contains("devices.virtual.workqueue.cpumask=3", config[isNew ? "SysfsConfig" : Classic, isNew ? "params" : "machine.sysfs"], StringComparison.Ordinal);
        Assert.Contains("class.net.enp1s0.queues.tx-1.xps_cpus=", config[isNew ? "SysfsConfig" : Classic, isNew ? "params" : "machine.sysfs"], StringComparison.Ordinal);
        Assert.Equal("1", config[isNew ? "SysctlConfig" : Classic, isNew ? "params.net~core~bpf_jit_harden" : "machine.sysctls.net~core~bpf_jit_harden"]);
        Assert.Contains("RLIMIT_MEMLOCK", config[isNew ? "CRIBaseRuntimeSpecConfig" : Classic, isNew ? "overrides.process.rlimits" : "machine.baseRuntimeSpecOverrides.process.rlimits"], StringComparison.Ordinal);
        Assert.Equal(("rx=4096;tx=1024", "combined=2", "rx-gro-hw=false"), (config["EthernetConfig/enp1s0", "rings"], config["EthernetConfig/enp1s0", "channels"], config["EthernetConfig/enp1s0", "features"]));
        Assert.Contains("name=validator.json", config[Classic, "machine.seccompProfiles"], StringComparison.Ordinal);
    }

    [Fact]
    public void Only_clients_that_load_BPF_programs_may()
    {
        Assert.DoesNotContain("bpf,", Render("1.13.9")[Classic, "machine.seccompProfiles"], StringComparison.Ordinal);
        Assert.Contains("bpf,", Render("1.13.9", FullProfile.Firedancer with { Client = ValidatorClient.Agave })[Classic, "machine.seccompProfiles"], StringComparison.Ordinal);
        Assert.DoesNotContain("io_uring", Render("1.13.9", FullProfile.Firedancer with { Client = ValidatorClient.Agave }).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.11.6", BootLoader.Grub, true)]
    [InlineData("1.11.6", BootLoader.Uki, false)]
    [InlineData("1.12.11", BootLoader.Grub, false)]
    [InlineData("1.14.0-rc.1", BootLoader.Grub, false)]
    public void Kernel_arguments_are_in_the_config_only_where_GRUB_looks_for_them(string talos, BootLoader bootLoader, bool isThere)
    {
        var config = Render(talos, FullProfile.Firedancer with { BootLoader = bootLoader });

        Assert.Equal(
            isThere ? "isolcpus=managed_irq,domain,4-31,irqaffinity=0-3,cpufreq.default_governor=performance,hugepagesz=1G,hugepages=28,iommu.passthrough=1" : null,
            config[Classic, "machine.install.extraKernelArgs"]);
        Assert.Contains("factory.talos.dev/metal-installer/", config.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_agent_gets_the_network_CPUs_the_friends_and_the_ports()
    {
        var request = Request("1.13.9", FullProfile.Firedancer, spec => spec with
        {
            Xdp = new XdpSpec { Mode = XdpMode.Enforce },
            Network = spec.Network with { OperatorCidrs = ["192.0.2.0/24"] },
            Policies = spec.Policies with { DenyCidrs = ["203.0.113.0/24"] },
        });

        var written = new Rendered(NodeRenderer.Render(request))["ExtensionServiceConfig/slipway-xdp", "configFiles"]!;
        var json = JsonNode.Parse(AgentConfigJson.Of(request.Spec, request.Node))!;

        Assert.Contains("mountPath=/usr/local/etc/slipway/xdp.json", written, StringComparison.Ordinal);
        Assert.Contains(AgentConfigJson.Of(request.Spec, request.Node), written, StringComparison.Ordinal);
        // The agent knows nothing of the command that writes its file: here they meet.
        Assert.Empty(Slipway.Agent.Configuration.ConfigReader.Read(System.Text.Encoding.UTF8.GetBytes(AgentConfigJson.Of(request.Spec, request.Node))).Findings);
        Assert.Equal("""{"irq":"2-3","napi":"2-3"}""", json["affinity"]!.ToJsonString());
        Assert.Equal("""[{"name":"enp1s0","slot":"follow"}]""", json["interfaces"]!.ToJsonString());
        Assert.Equal("""["10.0.0.21/32"]""", json["clusterNodes"]!.ToJsonString());
        Assert.Equal("""[{"ports":"8000-8002/udp","role":"guarded"},{"ports":"8899-8900/tcp","role":"rpc"}]""", json["ports"]!.ToJsonString());
        Assert.Equal(("enforce", """["192.0.2.0/24"]""", """["203.0.113.0/24"]"""), ((string)json["mode"]!, json["operators"]!.ToJsonString(), json["banned"]!.ToJsonString()));
    }

    [Fact]
    public void No_filter_no_agent() => Assert.DoesNotContain("slipway-xdp", Render("1.13.9").Text, StringComparison.Ordinal);

    [Theory]
    [InlineData(NodeRole.ControlPlane)]
    [InlineData(NodeRole.Worker)]
    public void The_host_firewall_blocks_but_never_the_hand_that_holds_it(NodeRole role)
    {
        var request = Rendered.Request("1.12.11", role, node => node with { Profile = role == NodeRole.Worker ? "agave" : null }, spec => spec with
        {
            Policies = spec.Policies with { HostFirewall = true },
            Network = spec.Network with { OperatorCidrs = ["192.0.2.0/24"] },
        });
        var config = new Rendered(NodeRenderer.Render(request));

        Assert.Equal("block", config["NetworkDefaultActionConfig", "ingress"]);
        Assert.Equal("subnet=192.0.2.0/24,subnet=10.0.0.21/32", config["NetworkRuleConfig/slipway-talos", "ingress"]);
        Assert.Equal(role == NodeRole.ControlPlane, config.Labels.Contains("NetworkRuleConfig/slipway-etcd"));
        Assert.Equal(role == NodeRole.Worker ? "8000-8002" : null, config["NetworkRuleConfig/slipway-gossip-udp", "portSelector.ports"]);
    }

    [Fact]
    public void A_patch_that_takes_a_kept_CPU_is_refused_with_its_words()
    {
        var request = Request("1.13.9", FullProfile.Firedancer) with
        {
            Patches = [new PatchSource("mine.yaml", "machine:\n  kubelet:\n    extraConfig:\n      reservedSystemCPUs: 0-1\n")],
        };

        var result = NodeRenderer.Render(request);

        Assert.Null(result.Config);
        Assert.Contains("keeps CPUs 0-3 from pods, and a patch has made kubelet's config say cpuManagerPolicy static and reservedSystemCPUs 0-1", Assert.Single(result.Findings).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_static_policy_without_a_reservation_is_told()
    {
        var request = Rendered.Request("1.13.9", NodeRole.Worker) with
        {
            Patches = [new PatchSource("mine.yaml", "machine:\n  kubelet:\n    extraConfig:\n      cpuManagerPolicy: static\n")],
        };

        Assert.Contains(NodeRenderer.Render(request).Findings, finding => finding.Message.StartsWith("kubelet's static CPU manager is on and no CPU is reserved", StringComparison.Ordinal));
    }

    private static Rendered Render(string talos, ProfileSpec? profile = null) => new(NodeRenderer.Render(Request(talos, profile ?? FullProfile.Firedancer)));

    private static RenderRequest Request(string talos, ProfileSpec profile, Func<ClusterSpec, ClusterSpec>? spec = null) => Rendered.Request(
        talos, NodeRole.Worker, node => node with { Profile = profile.Name, Layout = profile, Interface = new InterfaceSpec { Name = "enp1s0" } }, spec);
}
