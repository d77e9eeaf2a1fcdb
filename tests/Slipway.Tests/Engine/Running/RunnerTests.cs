using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Slipway.Engine.Running;

namespace Slipway.Tests.Engine.Running;

public sealed class RunnerTests : IDisposable
{
    private readonly FakeWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Blank_nodes_become_a_cluster_and_a_second_run_does_nothing()
    {
        var first = await UpAsync();
        var applies = _world.Nodes.Values.Select(node => node.Applies).ToList();
        var second = await UpAsync();

        Assert.NotEmpty(first.Done);
        Assert.All(applies, count => Assert.Equal(1, count));
        Assert.Equal(1, _world.Nodes.Values.Sum(node => node.Bootstraps));
        Assert.Equal(1, _world.Upgrades);
        Assert.Empty(second.Done);
        Assert.All(_world.Nodes.Values, node => Assert.Equal(1, node.Applies));
        Assert.True(JournalReader.Last(_world.Folder)!.Finished);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(2, false)]
    public async Task Hubbles_relay_is_waited_for_only_where_some_node_takes_it(int workers, bool converges)
    {
        using var world = new FakeWorld(controlPlanes: 3, workers);
        world.Beside.Add(new Slipway.Engine.Ports.Workload("Deployment", "hubble-relay", 1, 0, true));

        var run = world.UpAsync(TestContext.Current.CancellationToken);

        if (converges)
        {
            Assert.NotEmpty((await run).Done);
        }
        else
        {
            Assert.Equal(FailureReason.TimedOut, (await Assert.ThrowsAsync<SlipwayException>(() => run)).Reason);
        }
    }

    [Fact]
    public async Task A_bootstrap_that_the_node_forgot_is_asked_again_of_the_same_node()
    {
        _world.Nodes["cp1"].BootstrapsToForget = 2;

        await UpAsync();

        Assert.Equal([3, 0, 0], _world.Nodes.Values.Where(node => node.Spec.Role == NodeRole.ControlPlane).Select(node => node.Bootstraps));
        Assert.Equal(new BootstrapRecord("cp1", Confirmed: true), new BootstrapFile(_world.Folder).Read());
    }

    [Fact]
    public async Task A_run_after_a_crash_in_the_bootstrap_asks_the_node_that_was_written_down()
    {
        new BootstrapFile(_world.Folder).Write(new BootstrapRecord("cp3", Confirmed: false));

        await UpAsync();

        Assert.Equal([0, 0, 1], _world.Nodes.Values.Where(node => node.Spec.Role == NodeRole.ControlPlane).Select(node => node.Bootstraps));
    }

    [Fact]
    public async Task A_cluster_that_lost_all_its_etcd_members_is_not_bootstrapped_a_second_time()
    {
        await UpAsync();
        foreach (var node in _world.Nodes.Values)
        {
            node.EtcdMember = false;
        }

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.TimedOut, PhaseIds.Etcd), (error.Reason, error.Phase));
        Assert.Contains("bootstrapped on cp1", error.Found, StringComparison.Ordinal);
        Assert.Equal(1, _world.Nodes.Values.Sum(node => node.Bootstraps));
    }

    [Fact]
    public async Task Nothing_is_sent_to_a_machine_with_another_UUID()
    {
        _world.Nodes["w1"].Uuid = "11111111-2222-3333-4444-555555555555";

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.WrongNode, "w1", PhaseIds.Connect), (error.Reason, error.Node, error.Phase));
        Assert.Equal("11111111-2222-3333-4444-555555555555", error.Found);
        Assert.All(_world.Nodes.Values, node => Assert.Equal(0, node.Applies));
    }

    [Fact]
    public async Task A_machine_that_was_swapped_after_it_was_identified_gets_nothing()
    {
        _world.OnApply = _ => _world.Nodes["cp2"].Uuid = "swapped";

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.WrongNode, "cp2", PhaseIds.ControlPlanes), (error.Reason, error.Node, error.Phase));
        Assert.Equal(0, _world.Nodes["cp2"].Applies);
    }

    [Fact]
    public async Task A_node_that_comes_back_blank_is_not_waited_for_until_the_install_times_out()
    {
        _world.Nodes["w1"].StaysBlank = true;
        var started = _world.Time.GetUtcNow();

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.MaintenanceMode, "w1", PhaseIds.Install), (error.Reason, error.Node, error.Phase));
        Assert.Contains("blank again", error.Found, StringComparison.Ordinal);
        Assert.Contains("disk full", error.Hint, StringComparison.Ordinal);
        Assert.InRange(_world.Time.GetUtcNow() - started, TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task A_machine_that_was_swapped_under_the_run_is_no_success()
    {
        _world.OnUpgrade = () => _world.Nodes["w1"].Uuid = "swapped";

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.WrongNode, "w1", PhaseIds.Verify), (error.Reason, error.Node, error.Phase));
    }

    [Fact]
    public async Task A_missing_install_disk_ends_the_run_before_its_first_change()
    {
        _world.Nodes["w2"].Disks = [new DiskObservation("/dev/sda", "OTHER", null, null, 500_000_000_000, false, false)];

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Preflight, "w2"), (error.Reason, error.Node));
        Assert.All(_world.Nodes.Values, node => Assert.Equal(0, node.Applies));
    }

    [Fact]
    public async Task A_chart_that_helm_cannot_get_ends_the_run_before_its_first_change()
    {
        _world.ChartProblem = new SlipwayException(FailureReason.Helm, "no such host");

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Preflight, PhaseIds.Preflight), (error.Reason, error.Phase));
        Assert.All(_world.Nodes.Values, node => Assert.Equal(0, node.Applies));
        Assert.False(File.Exists(_world.Desired.SecretsPath));
    }

    [Fact]
    public async Task Ctrl_C_ends_the_run_between_effects_and_the_next_run_goes_on()
    {
        using var interrupt = new CancellationTokenSource();
        _world.OnApply = node => interrupt.Cancel();

        var error = await Assert.ThrowsAsync<SlipwayException>(() => _world.UpAsync(interrupt.Token));
        var record = JournalReader.Last(_world.Folder)!;
        _world.OnApply = null;
        await UpAsync();

        Assert.Equal(FailureReason.Interrupted, error.Reason);
        Assert.Empty(record.Unfinished);
        Assert.True(record.Finished);
        Assert.All(_world.Nodes.Values, node => Assert.Equal(1, node.Applies));
    }

    [Fact]
    public async Task A_release_that_a_killed_helm_left_pending_is_cleared_first()
    {
        await UpAsync();
        _world.Release = _world.Release! with { Status = "pending-upgrade" };

        await UpAsync();

        Assert.Equal((1, 2), (_world.PendingCleared, _world.Upgrades));
    }

    [Fact]
    public async Task Control_planes_are_configured_one_after_the_other_in_the_order_of_the_spec()
    {
        await UpAsync();

        var targets = _world.Reporter.Events.OfType<ActionFinished>().Where(done => done.Action.Phase == PhaseIds.ControlPlanes).Select(done => done.Action.Target);
        Assert.Equal(["cp1", "cp2", "cp3"], targets);
    }

    [Fact]
    public async Task A_plan_changes_nothing_and_says_what_the_run_then_does()
    {
        var status = await ClusterStatus.LookAsync(_world.Context(new NoEffects("")), TestContext.Current.CancellationToken);
        Assert.All(_world.Nodes.Values, node => Assert.Equal(0, node.Applies));

        var report = await UpAsync();

        Assert.Equal(
            status.Pending.Actions.Select(action => (action.Phase, action.Target, action.Summary)),
            report.Done.Select(action => (action.Phase, action.Target, action.Summary)));
    }

    [Fact]
    public async Task A_network_change_that_cannot_be_tried_ends_the_run_before_its_first_change_unless_the_operator_accepts_the_loss()
    {
        await UpAsync();
        var config = _world.Desired.Configs["w2"].Reveal();
        _world.Nodes["w2"].Config = new Sensitive(config.Replace("machine:", "machine:\n    env: {A: b}", StringComparison.Ordinal));
        // A field that this Talos does not know: the new network cannot go first.
        var unfit = new Sensitive(config + "---\napiVersion: v1alpha1\nkind: ResolverConfig\nhostDNS: {enabled: true}\n");
        _world.Desired = _world.Desired with { Configs = new Dictionary<string, Sensitive>(_world.Desired.Configs) { ["w2"] = unfit } };
        _world.Nodes["w1"].Config = new Sensitive(_world.Desired.Configs["w1"].Reveal().Replace("machine:", "machine:\n    sysctls: {a.b: c}", StringComparison.Ordinal));

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);
        Assert.Equal((FailureReason.Unsafe, "w2", PhaseIds.Preflight), (error.Reason, error.Node, error.Phase));
        Assert.Contains("machine.env", error.Message, StringComparison.Ordinal);
        Assert.Equal((1, 1), (_world.Nodes["w1"].Applies, _world.Nodes["w2"].Applies));

        _world.Options = _world.Options with { MayLoseNodes = true };
        _world.OnApply = null;
        await Assert.ThrowsAsync<SlipwayException>(UpAsync); // It waits for the reboot that this fake never makes.
        Assert.Equal([ApplyMode.Auto, ApplyMode.Auto], _world.Nodes["w2"].Modes);
    }

    [Fact]
    public async Task A_network_that_changes_together_with_what_needs_a_reboot_is_tried_and_kept_first()
    {
        await UpAsync();
        var node = _world.Nodes["w2"];
        node.Config = new Sensitive(_world.Desired.Configs["w2"].Reveal().Replace("machine:", "machine:\n    env: {A: b}\n    network: {nameservers: [1.1.1.1]}", StringComparison.Ordinal));
        var kept = "";
        _world.OnApply = applied =>
        {
            if (applied.Modes[^1] == ApplyMode.NoReboot)
            {
                kept = applied.Config!.Reveal();
            }
            else
            {
                _ = applied.RebootAsync(CancellationToken.None);
            }
        };

        await UpAsync();

        Assert.Equal([ApplyMode.Auto, ApplyMode.Try, ApplyMode.NoReboot, ApplyMode.Auto], node.Modes);
        Assert.DoesNotContain("nameservers", kept, StringComparison.Ordinal);
        Assert.Contains("env:", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("env:", node.Config!.Reveal(), StringComparison.Ordinal);
        Assert.Equal(["w2 cordoned", "w2 reboots", "w2 uncordoned"], _world.Work.Log);
    }

    [Fact]
    public async Task A_change_of_names_alone_is_not_tried()
    {
        await UpAsync();
        _world.Nodes["w1"].Config = new Sensitive(_world.Desired.Configs["w1"].Reveal().Replace("hostname: w1", "hostname: other", StringComparison.Ordinal));

        await UpAsync();

        Assert.Equal([ApplyMode.Auto, ApplyMode.Auto], _world.Nodes["w1"].Modes);
    }

    private Task<RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);
}
