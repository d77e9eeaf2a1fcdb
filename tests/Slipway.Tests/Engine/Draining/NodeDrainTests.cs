using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Core.Versions;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;
using Slipway.Tests.Engine.Running;

namespace Slipway.Tests.Engine.Draining;

/// <summary>Runs that upgrade an installed cluster of one control plane and two workers.</summary>
public sealed class NodeDrainTests : IAsyncLifetime
{
    private readonly FakeWorld _world = new(controlPlanes: 1, workers: 2);

    private FakeNodeWork Work => _world.Work;

    public async ValueTask InitializeAsync()
    {
        await UpAsync();
        foreach (var node in _world.Nodes.Values)
        {
            node.Boot = new BootObservation { Cmdline = "pti=on slab_nomerge", Uki = true };
        }

        _world.Desired = _world.Desired with { Spec = _world.Desired.Spec with { Talos = new ReleaseVersion(1, 14, 0) } };
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_node_is_cordoned_and_emptied_before_its_reboot_and_uncordoned_after()
    {
        Work.Put("w1", "web");
        Work.Put("w1", "cilium", owner: "DaemonSet");

        await UpAsync();

        Assert.Equal(["w1 cordoned", "web evicted", "w1 reboots", "w1 uncordoned"], Of("w1", "web", "cilium"));
        Assert.Equal(["cp1 cordoned", "cp1 reboots", "cp1 uncordoned"], Of("cp1"));
        Assert.Empty(Work.Cordons);
    }

    [Fact]
    public async Task A_node_that_somebody_else_cordoned_is_emptied_and_stays_cordoned()
    {
        Work.Cordons["w1"] = CordonOutcome.Foreign;
        Work.Put("w1", "web");

        await UpAsync();

        Assert.Equal(["web evicted", "w1 reboots"], Of("w1", "web"));
        Assert.Equal(CordonOutcome.Foreign, Work.Cordons["w1"]);
    }

    [Fact]
    public async Task A_budget_is_waited_for()
    {
        Work.Put("w1", "web");
        var asked = 0;
        Work.Denied["web"] = () => ++asked < 5 ? "Cannot evict pod as it would violate the pod's disruption budget." : null;

        await UpAsync();

        Assert.Equal(5, asked);
        Assert.Equal(["w1 cordoned", "web evicted", "w1 reboots", "w1 uncordoned"], Of("w1", "web"));
    }

    [Fact]
    public async Task A_budget_that_goes_on_denying_ends_the_run_with_the_pods_named_and_the_node_as_it_was_but_cordoned()
    {
        Work.Put("w2", "web");
        Work.Denied["web"] = () => "Cannot evict pod as it would violate the pod's disruption budget. (web needs 2 healthy pods and has 2)";
        _world.Options = _world.Options with { Drain = new DrainOptions { Timeout = TimeSpan.FromMinutes(10) } };

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.TimedOut, "w2", "upgrade"), (error.Reason, error.Node, error.Phase));
        Assert.Contains("not drained within 10 minutes", error.Message, StringComparison.Ordinal);
        Assert.Contains("jupiter/web: Cannot evict pod as it would violate", error.Found, StringComparison.Ordinal);
        Assert.Contains("kubectl uncordon w2", error.Hint, StringComparison.Ordinal);
        Assert.Equal(["w2 cordoned"], Of("w2", "web"));
        Assert.Empty(_world.Nodes["w2"].UpgradedTo);

        // Mended, the next run goes on and gives the node back.
        Work.Denied.Clear();
        await UpAsync();

        Assert.Equal(["w2 cordoned", "web evicted", "w2 reboots", "w2 uncordoned"], Of("w2", "web"));
        Assert.Empty(Work.Cordons);
    }

    [Fact]
    public async Task A_pod_that_comes_back_to_the_cordoned_node_does_not_hold_it_up()
    {
        Work.Put("w1", "tolerant");
        Work.Denied["tolerant"] = () =>
        {
            if (Work.PodsOn("w1").Count == 1)
            {
                Work.Put("w1", "again");
            }

            return null;
        };

        await UpAsync();

        Assert.Equal(["w1 cordoned", "tolerant evicted", "w1 reboots", "w1 uncordoned"], Of("w1", "tolerant", "again"));
    }

    [Theory]
    [InlineData(null, false, "no controller makes it again", "--force-drain")]
    [InlineData("ReplicaSet", true, "emptyDir", "--delete-emptydir-data")]
    public async Task A_pod_that_would_lose_something_is_refused_before_any_node_is_touched(string? owner, bool emptyDir, string why, string option)
    {
        Work.Put("w2", "scratch", owner, emptyDir);

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Unsafe, "w2"), (error.Reason, error.Node));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.Contains(option, error.Hint, StringComparison.Ordinal);
        Assert.Empty(Work.Log);

        _world.Options = _world.Options with { Drain = new DrainOptions { Force = owner is null, DeleteEmptyDirData = emptyDir } };
        await UpAsync();
        Assert.Equal(["w2 cordoned", "scratch evicted", "w2 reboots", "w2 uncordoned"], Of("w2", "scratch"));
    }

    [Fact]
    public async Task Without_drain_nodes_reboot_with_what_runs_on_them()
    {
        Work.Put("w1", "scratch", owner: null);
        _world.Options = _world.Options with { Drain = new DrainOptions { Skip = true } };

        await UpAsync();

        Assert.Equal(["w1 reboots"], Of("w1", "scratch"));
    }

    [Fact]
    public async Task A_Talos_that_drains_by_itself_is_left_to_it()
    {
        Work.Put("w1", "scratch", owner: null);
        foreach (var node in _world.Nodes.Values)
        {
            (node.DoesTheRest, node.Talos) = (true, new ReleaseVersion(1, 12, 11));
        }

        await UpAsync();

        Assert.Equal(["w1 reboots"], Of("w1", "scratch"));
    }

    [Fact]
    public async Task A_cluster_whose_kubeconfig_is_not_here_is_drained_all_the_same()
    {
        File.Delete(_world.Folder.Kubeconfig);
        Work.Put("w1", "web");

        await UpAsync();

        Assert.Equal(["w1 cordoned", "web evicted", "w1 reboots", "w1 uncordoned"], Of("w1", "web"));
    }

    [Theory]
    [InlineData("cordon the node")]
    [InlineData("evict the node's pods")]
    [InlineData("beside the running system")]
    [InlineData("reboot into the new image")]
    [InlineData("uncordon the node")]
    [InlineData("needs upgrade to")]
    public async Task Killed_after_any_step_the_next_run_goes_on_and_leaves_nothing_cordoned(string step)
    {
        Work.Put("cp1", "web");
        await Assert.ThrowsAsync<DyingJournal.KilledException>(() => DieAsync(step));

        await UpAsync();

        Assert.Empty(Work.Cordons);
        Assert.All(_world.Nodes.Values, node => Assert.Single(node.UpgradedTo));
        Assert.All(_world.Nodes.Keys, node => Assert.Single(Work.Log, line => line == $"{node} reboots"));
    }

    [Fact]
    public async Task Never_more_than_half_of_the_workers_are_drained_at_a_time()
    {
        var most = 0;
        _world.OnNodeUpgrade = _ => most = Math.Max(most, Work.Cordons.Keys.Count(node => node.StartsWith('w')));

        await UpAsync();

        Assert.Equal(1, most);
    }

    private Task<RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);

    private async Task DieAsync(string step)
    {
        using var journal = FileJournal.Start(_world.Folder, _world.Time);
        await new Runner(_world.Context(new DyingJournal(journal, step))).RunAsync(TestContext.Current.CancellationToken);
    }

    private IEnumerable<string> Of(params string[] names) => Work.Log.Where(line => names.Contains(line.Split(' ')[0]));
}
