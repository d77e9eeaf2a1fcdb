using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Tests.Engine.Running;

/// <summary>Network changes of running nodes, on rehearsed nodes of every version over the true protocol.</summary>
public sealed class NetworkTrialRunnerTests
{
    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.11.3")]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    [InlineData("v1.14.0")]
    public async Task A_network_change_is_tried_and_kept_once_the_node_has_answered(string talos)
    {
        await using var bench = await TrialBench.StartAsync(talos, workers: 1, mtu: 9000);

        await bench.RunAsync();
        await bench.Bench.Pass(TimeSpan.FromMinutes(5));
        await bench.RunAsync();

        Assert.Equal(["Try", "NoReboot"], bench.Applied("w1"));
        Assert.Equal((9000, 9000), bench.Mtu("w1"));
        Assert.Equal(0, bench.Reverted("w1"));
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task A_network_change_that_cuts_the_node_off_is_taken_back_and_no_other_node_gets_it(string talos)
    {
        await using var bench = await TrialBench.StartAsync(talos, workers: 3, mtu: 9000, new Fault { Kind = FaultKind.NetworkCutsOff, Node = "w1" });

        var error = await Assert.ThrowsAsync<SlipwayException>(() => bench.RunAsync());

        Assert.Equal((FailureReason.Unsafe, "w1", PhaseIds.Workers), (error.Reason, error.Node, error.Phase));
        Assert.Contains("went back to the one that it had", error.Message, StringComparison.Ordinal);
        Assert.Contains("60 s", error.Expected, StringComparison.Ordinal);
        Assert.DoesNotContain("MTU", error.Found, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(error.Found) || string.IsNullOrWhiteSpace(error.Hint));
        Assert.Equal((1, ApiPresence.Cluster), (bench.Reverted("w1"), bench.Bench.Node("w1").Api));
        Assert.Equal((1500, 1500), bench.Mtu("w1"));
        Assert.Equal(["Try"], bench.Applied("w1"));
        Assert.Empty(bench.Applied("w2").Concat(bench.Applied("w3")));
    }

    [Theory]
    [InlineData("v1.11.3")]
    [InlineData("v1.12.6")]
    [InlineData("v1.14.0")]
    public async Task A_link_that_loses_its_DHCP_to_a_change_of_MTU_does_not_lose_its_node(string talos)
    {
        await using var bench = await TrialBench.StartAsync(talos, workers: 1, mtu: 9000, dhcp: false);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => bench.RunAsync());

        Assert.Equal((FailureReason.Unsafe, 1), (error.Reason, bench.Reverted("w1")));
        Assert.Equal((1500, ApiPresence.Cluster), (bench.Mtu("w1").Active, bench.Bench.Node("w1").Api));
    }

    [Fact]
    public async Task A_node_that_answers_without_the_new_settings_does_not_keep_them()
    {
        await using var bench = await TrialBench.StartAsync("v1.13.2", workers: 1, mtu: 9000, new Fault { Kind = FaultKind.Ailment, Ailment = Ailment.LowMtu, Node = "w1" });

        var error = await Assert.ThrowsAsync<SlipwayException>(() => bench.RunAsync());

        Assert.Equal(FailureReason.Unsafe, error.Reason);
        Assert.Contains("still has MTU 1500 in place of 9000", error.Found, StringComparison.Ordinal);
        Assert.Equal((1500, 1500), bench.Mtu("w1"));
    }

    [Theory]
    [InlineData("try the new network", false)]
    [InlineData("try the new network", true)]
    [InlineData("change 1 setting", true)]
    public async Task Whoever_is_killed_in_the_middle_of_a_trial_loses_nothing(string phrase, bool late)
    {
        await using var bench = await TrialBench.StartAsync("v1.13.2", workers: 1, mtu: 9000);
        await Assert.ThrowsAsync<DyingJournal.KilledException>(() => bench.RunAsync(journal => new DyingJournal(journal, phrase)));
        var confirmed = bench.Applied("w1").Contains("NoReboot");

        if (late)
        {
            await bench.Bench.Pass(TimeSpan.FromMinutes(2));
            Assert.Equal(confirmed ? (9000, 9000) : (1500, 1500), bench.Mtu("w1"));
            Assert.Equal(confirmed ? 0 : 1, bench.Reverted("w1"));
        }

        await bench.RunAsync();
        await bench.Bench.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal((9000, 9000), bench.Mtu("w1"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_lost_answer_to_the_trial_or_to_its_confirmation_is_no_loss(int skip)
    {
        await using var bench = await TrialBench.StartAsync(
            "v1.13.2", workers: 1, mtu: 9000, new Fault { Kind = FaultKind.CutAfter, Method = "ApplyConfiguration", Node = "w1", Skip = skip });

        await bench.RunAsync();

        Assert.Equal(["Try", "NoReboot"], bench.Applied("w1"));
        Assert.Equal((9000, 9000), bench.Mtu("w1"));
    }
}
