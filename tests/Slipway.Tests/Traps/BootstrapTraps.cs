using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Phases;
using Slipway.Tests.Engine;
using Slipway.Tests.MachineConfig.Rendering;

namespace Slipway.Tests.Traps;

/// <summary>The once-in-a-life moments of a cluster.</summary>
public sealed class BootstrapTraps : IDisposable
{
    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact, Trap(6)]
    public async Task Trap_6_nothing_waits_for_ready_nodes_before_there_is_a_CNI()
    {
        var ids = DayZero.Phases.Select(phase => phase.Id).ToList();
        Assert.True(ids.IndexOf(PhaseIds.Cilium) < ids.IndexOf(PhaseIds.Nodes));

        // These nodes are ready once the release is deployed and never before: a run that waited for them would time out.
        Assert.All(_world.Nodes.Values, node => Assert.False(_world.CiliumRuns));
        var report = await UpAsync();

        Assert.All(report.Nodes, node => Assert.Equal("running, ready", node.State));
    }

    [Fact, Trap(7)]
    public async Task Trap_7_after_a_lost_answer_the_members_are_asked_and_no_second_cluster_is_begun()
    {
        await UpAsync();
        // As if the call had gone out and its answer had never come.
        new BootstrapFile(_world.Folder).Write(new BootstrapRecord("cp1", Confirmed: false));

        await UpAsync();

        Assert.Equal([1, 0, 0], ControlPlanes.Select(node => node.Bootstraps));
    }

    [Fact, Trap(33)]
    public async Task Trap_33_a_bootstrap_that_a_reboot_made_the_node_forget_is_asked_again_of_the_same_node()
    {
        _world.Nodes["cp1"].BootstrapsToForget = 1;

        await UpAsync();

        Assert.Equal([2, 0, 0], ControlPlanes.Select(node => node.Bootstraps));
    }

    [Fact, Trap(27)]
    public void Trap_27_two_control_planes_are_refused()
    {
        const string yaml = """
            name: prod
            endpoint: https://10.0.0.10:6443
            talos: {version: v1.13.9}
            kubernetes: {version: v1.34.1}
            nodes:
              - {name: cp1, address: 10.0.0.11, role: controlplane, install: {serial: S1}}
              - {name: cp2, address: 10.0.0.12, role: controlplane, install: {serial: S2}}
            """;

        var result = SpecReader.Read("cluster.yaml", yaml);

        Assert.Null(result.Spec);
        Assert.Contains(result.Findings, finding => finding.ToString().Contains("2 nodes are control planes; expected an odd number", StringComparison.Ordinal));
    }

    [Theory, Trap(32)]
    [MemberData(nameof(NodeRendererTests.EveryDialect), MemberType = typeof(NodeRendererTests))]
    public void Trap_32_what_Talos_would_never_take_back_is_not_in_the_first_config(string talos, NodeRole role)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role)));

        // Cilium comes by helm, and flannel and kube-proxy are off before etcd is bootstrapped.
        Assert.DoesNotContain(config.Labels, label => label.StartsWith("KubeInlineManifest", StringComparison.Ordinal) || label.StartsWith("KubeFlannel", StringComparison.Ordinal));
        Assert.Null(config["v1alpha1", "cluster.inlineManifests"]);
        if (role == NodeRole.ControlPlane)
        {
            Assert.Equal("none", config["v1alpha1", "cluster.network.cni.name"] ?? "none");
            Assert.Equal("off", (config["KubeProxyConfig", "enabled"], config["v1alpha1", "cluster.proxy.disabled"]) is ("false", _) or (_, "true") ? "off" : "on");
        }
    }

    private IEnumerable<FakeNode> ControlPlanes => _world.Nodes.Values.Where(node => node.Spec.Role == NodeRole.ControlPlane);

    private Task<Slipway.Engine.Running.RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);
}
