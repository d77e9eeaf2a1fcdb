using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Tests.Rehearsal.Nodes;

public sealed class EtcdRuleTests
{
    [Fact]
    public async Task Bootstrap_is_not_available_before_cri_runs()
    {
        using var bench = new NodeBench("v1.12.6");
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Until(() => bench.Node.Api == ApiPresence.Cluster);
        Refused(bench.Node, RefusalCode.FailedPrecondition, "not available yet");
    }

    [Fact]
    public async Task From_1_14_on_bootstrap_waits_for_the_install_and_its_reboot()
    {
        using var bench = new NodeBench("v1.14.0");
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Until(() => bench.Node.Install == InstallPhase.Installing && bench.Node.Services.Any(service => service.Id == "cri"));
        Refused(bench.Node, RefusalCode.FailedPrecondition, "not available yet");
        await bench.Until(() => bench.Count(LedgerKind.Booted) == 2 && bench.Node.Services.Any(service => service.Id == "kubelet"));
        bench.Node.Bootstrap();
    }

    [Fact]
    public async Task A_worker_does_not_serve_bootstrap()
    {
        using var bench = new NodeBench("v1.12.6", 2);
        await bench.Configure(bench.Nodes[1], ConfigText.ControlPlane("n2"));
        await bench.Configure(bench.Nodes[0], ConfigText.Worker("n1"));
        Refused(bench.Node, RefusalCode.Unimplemented, "control plane");
    }

    [Fact]
    public async Task A_second_bootstrap_finds_the_data_of_the_first()
    {
        using var bench = new NodeBench("v1.13.2");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        bench.Node.Bootstrap();
        bench.Node.Bootstrap();
        await bench.Until(() => bench.Count(LedgerKind.EtcdBootstrapped) == 1);
        Refused(bench.Node, RefusalCode.AlreadyExists, "not empty");
    }

    [Fact]
    public async Task A_power_cut_right_after_the_call_loses_the_intent()
    {
        using var bench = new NodeBench("v1.12.6");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        bench.Node.Bootstrap();
        bench.Node.PowerCut(TimeSpan.FromSeconds(30));
        await bench.Pass(TimeSpan.FromMinutes(10));
        Assert.Equal(0, bench.Count(LedgerKind.EtcdBootstrapped));
        bench.Node.Bootstrap();
        await bench.Until(() => bench.Count(LedgerKind.EtcdBootstrapped) == 1);
    }

    [Fact]
    public async Task A_bootstrapped_node_finds_its_data_after_a_reboot()
    {
        using var bench = new NodeBench("v1.12.6");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        bench.Node.Bootstrap();
        await bench.Until(() => bench.Node.StaticPodsUp);
        var boot = bench.Node.BootId;
        bench.Node.Reboot();
        await bench.Until(() => bench.Node.BootId != boot && bench.Node.StaticPodsUp);
        Assert.Single(bench.Node.EtcdMembers(local: false));
        Assert.Equal(1, bench.Count(LedgerKind.EtcdBootstrapped));
    }

    [Fact]
    public async Task A_bootstrap_on_another_control_plane_before_it_joined_makes_a_second_cluster()
    {
        using var bench = new NodeBench("v1.12.6", 2);
        await bench.Configure(bench.Nodes[0], ConfigText.ControlPlane("n1"));
        await bench.Configure(bench.Nodes[1], ConfigText.ControlPlane("n2"));
        bench.Nodes[0].Bootstrap();
        bench.Nodes[1].Bootstrap();
        await bench.Pass(TimeSpan.FromMinutes(2));
        Assert.Equal(2, bench.Ledger.Count(entry => entry.Kind == LedgerKind.EtcdBootstrapped));
        Assert.All(bench.Nodes, node => Assert.Single(node.EtcdMembers(local: true)));
    }

    [Fact]
    public async Task Two_of_three_members_away_leave_no_leader()
    {
        using var bench = new NodeBench("v1.12.6", 3);
        foreach (var node in bench.Nodes)
        {
            await bench.Configure(node, ConfigText.ControlPlane(node.Plate.Name));
        }

        bench.Node.Bootstrap();
        await bench.Until(() => bench.Nodes.All(node => node.StaticPodsUp));
        bench.Nodes[1].PowerCut(TimeSpan.FromMinutes(5));
        Assert.Equal(3, bench.Node.EtcdMembers(local: false).Count);
        bench.Nodes[2].PowerCut(TimeSpan.FromMinutes(5));
        Assert.Equal(RefusalCode.Unavailable, Assert.Throws<Refusal>(() => bench.Node.EtcdMembers(local: false)).Code);
        Assert.Equal(3, bench.Node.EtcdMembers(local: true).Count);
        Assert.False(bench.Kubernetes.Available);
        await bench.Until(() => bench.Kubernetes.Available);
    }

    private static void Refused(RehearsedNode node, RefusalCode code, string words)
    {
        var refusal = Assert.Throws<Refusal>(node.Bootstrap);
        Assert.Equal(code, refusal.Code);
        Assert.Contains(words, refusal.Message, StringComparison.Ordinal);
    }
}
