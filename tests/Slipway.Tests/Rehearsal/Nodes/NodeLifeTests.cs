using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Tests.Rehearsal.Nodes;

public sealed class NodeLifeTests
{
    [Theory]
    [InlineData("v1.10.7", 2)]
    [InlineData("v1.12.6", 2)]
    [InlineData("v1.13.2", 2)]
    [InlineData("v1.14.0", 2)]
    public async Task A_first_config_installs_once_and_ends_in_a_booting_control_plane(string talos, int boots)
    {
        using var bench = new NodeBench(talos);
        Assert.Equal(MachineStage.Maintenance, bench.Node.Stage);
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        await bench.Until(() => bench.Count(LedgerKind.Booted) == boots && bench.Node.Api == ApiPresence.Cluster);
        Assert.Equal(1, bench.Count(LedgerKind.Installed));
        Assert.Equal(MachineStage.Booting, bench.Node.Stage);
        Assert.Equal(boots, bench.Ledger.Where(entry => entry.Kind == LedgerKind.Booted).Select(entry => entry.Detail).Distinct().Count());
    }

    [Fact]
    public async Task From_1_14_on_the_node_answers_for_the_cluster_before_it_is_installed()
    {
        using var bench = new NodeBench("v1.14.0");
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Until(() => bench.Node.Api == ApiPresence.Cluster);
        Assert.False(bench.Node.Disk.IsInstalled);
        Assert.Equal(1, bench.Count(LedgerKind.Booted));
    }

    [Fact]
    public async Task A_worker_answers_only_after_a_control_plane_hands_out_its_certificate()
    {
        using var bench = new NodeBench("v1.12.6", 2);
        bench.Node.Apply(ConfigText.Worker("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Pass(TimeSpan.FromMinutes(15));
        Assert.Equal(ApiPresence.Away, bench.Node.Api);
        await bench.Configure(bench.Nodes[1], ConfigText.ControlPlane("n2"));
        await bench.Until(() => bench.Node.Stage == MachineStage.Running);
        Assert.Equal(ApiPresence.Cluster, bench.Node.Api);
    }

    [Fact]
    public async Task A_whole_cluster_comes_up_and_only_a_cni_makes_it_ready()
    {
        using var bench = new NodeBench("v1.13.2", 4);
        for (var i = 0; i < 4; i++)
        {
            await bench.Configure(bench.Nodes[i], i < 3 ? ConfigText.ControlPlane($"n{i + 1}") : ConfigText.Worker("n4"));
        }

        bench.Node.Bootstrap();
        await bench.Until(() => bench.Nodes.All(node => node.Stage == MachineStage.Running) && bench.Nodes.Take(3).All(node => node.StaticPodsUp));
        Assert.Equal(3, bench.Node.EtcdMembers(local: false).Count);
        Assert.All(bench.Nodes, node => Assert.Equal(["nodeReady"], node.Unmet().Select(condition => condition.Name)));
        var birth = Assert.Single(bench.Kubernetes.Births);
        Assert.Equal("https://10.0.0.1:6443", birth.Endpoint.OriginalString);
        Assert.Equal(["n1", "n2", "n3", "n4"], bench.Kubernetes.Registered);
        Assert.True(bench.Kubernetes.Available);

        bench.Kubernetes.CniRuns();
        Assert.All(bench.Nodes, node => Assert.Empty(node.Unmet()));
        Assert.Equal(1, bench.Ledger.Count(entry => entry.Kind == LedgerKind.EtcdBootstrapped));
        Assert.Equal(2, bench.Ledger.Count(entry => entry.Kind == LedgerKind.EtcdJoined));
        Assert.Equal(4, bench.Ledger.Count(entry => entry.Kind == LedgerKind.Ready));
    }

    [Fact]
    public async Task A_boot_that_is_not_through_after_seventy_minutes_ends_in_a_reboot()
    {
        using var bench = new NodeBench("v1.12.6");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        await bench.Pass(TimeSpan.FromMinutes(60));
        Assert.Equal(0, bench.Count(LedgerKind.BootLimit));
        await bench.Pass(TimeSpan.FromMinutes(12));
        Assert.Equal(1, bench.Count(LedgerKind.BootLimit));
        await bench.Until(() => bench.Count(LedgerKind.Booted) == 3);
    }

    [Fact]
    public async Task A_ready_node_has_no_limit_any_more()
    {
        using var bench = new NodeBench("v1.12.6");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        bench.Node.Bootstrap();
        await bench.Until(() => bench.Kubernetes.Registered.Count == 1);
        bench.Kubernetes.CniRuns();
        await bench.Pass(TimeSpan.FromMinutes(100));
        Assert.Equal(0, bench.Count(LedgerKind.BootLimit));
        Assert.Equal(MachineStage.Running, bench.Node.Stage);
    }

    [Fact]
    public async Task A_node_with_keys_of_another_cluster_does_not_join()
    {
        using var bench = new NodeBench("v1.12.6", 2);
        await bench.Configure(bench.Nodes[0], ConfigText.ControlPlane("n1"));
        await bench.Configure(bench.Nodes[1], ConfigText.ControlPlane("n2", secrets: ConfigText.NewSecrets()));
        bench.Node.Bootstrap();
        await bench.Pass(TimeSpan.FromMinutes(10));
        Assert.Single(bench.Node.EtcdMembers(local: false));
        Assert.Equal(MachineStage.Booting, bench.Nodes[1].Stage);
    }

    [Fact]
    public async Task A_disk_without_space_fails_the_install_and_brings_the_node_back_blank()
    {
        using var bench = new NodeBench("v1.12.6", 1, new Fault { Kind = FaultKind.DiskFull, Node = "n1" });
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Until(() => bench.Count(LedgerKind.InstallFailed) == 1 && bench.Node.Api == ApiPresence.Maintenance);
        Assert.False(bench.Node.Disk.IsInstalled);
    }

    [Fact]
    public async Task A_node_that_never_comes_back_stays_away()
    {
        using var bench = new NodeBench("v1.12.6", 1, new Fault { Kind = FaultKind.NeverBack, Node = "n1" });
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Pass(TimeSpan.FromHours(3));
        Assert.Equal(ApiPresence.Away, bench.Node.Api);
        Assert.Equal(1, bench.Count(LedgerKind.Booted));
    }

    [Fact]
    public async Task Two_runs_of_the_same_machines_take_the_same_time()
    {
        var times = new List<string>();
        for (var run = 0; run < 2; run++)
        {
            using var bench = new NodeBench("v1.12.6");
            bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
            await bench.Pass(TimeSpan.FromMinutes(10));
            times.Add(string.Join('\n', bench.Ledger));
        }

        Assert.Equal(times[0], times[1]);
    }

    [Fact]
    public async Task A_reset_of_state_and_ephemeral_brings_back_maintenance_on_an_installed_disk()
    {
        using var bench = new NodeBench("v1.12.6");
        await bench.Configure(bench.Node, ConfigText.ControlPlane("n1"));
        bench.Node.Reset(graceful: false, reboot: true, ["STATE", "EPHEMERAL"]);
        await bench.Until(() => bench.Node.Api == ApiPresence.Maintenance);
        Assert.True(bench.Node.Disk.IsInstalled);
        bench.Node.Apply(ConfigText.ControlPlane("n1"), ApplyMode.Auto, false, null, admin: false);
        await bench.Until(() => bench.Node.Api == ApiPresence.Cluster);
        Assert.Equal(1, bench.Count(LedgerKind.Installed));
    }
}
