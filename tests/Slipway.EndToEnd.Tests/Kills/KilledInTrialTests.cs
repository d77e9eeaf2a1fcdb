using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Kills;

/// <summary>Killed by SIGKILL between the trial of a new network and its confirmation: the node goes back, and the next run goes on.</summary>
public sealed class KilledInTrialTests
{
    [Fact]
    public async Task A_network_on_trial_is_taken_back_by_the_node_and_tried_again_by_the_next_run()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 1, cancellationToken);
        Assert.Equal(0, (await lab.UpAsync()).ExitCode);
        var spec = Path.Combine(lab.Folder, "cluster.yaml");
        await File.WriteAllTextAsync(spec, (await File.ReadAllTextAsync(spec, cancellationToken)).Replace("mtu: 9000", "mtu: 8000", StringComparison.Ordinal), cancellationToken);

        var plan = await lab.PlanAsync();
        Assert.Contains("mtu = 9000 -> 8000  (tried for 1m first)", plan.Out, StringComparison.Ordinal);

        // The second effect is the trial on the first node, inside the change of its config.
        var killed = await lab.UpAsync(new DeathPoint(DeathMoment.Effected, 2));
        Assert.Equal(137, killed.ExitCode);
        Assert.Equal(["Try"], Applied(lab, "cp1"));
        await lab.PassAsync(TimeSpan.FromMinutes(2), cancellationToken);
        Assert.Equal(1, lab.Count(LedgerKind.TryReverted));
        Assert.Equal(2, (await lab.PlanAsync()).ExitCode);

        var next = await lab.UpAsync();
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Contains("was cut off", next.Error, StringComparison.Ordinal);
        Assert.Equal(["Try", "Try", "NoReboot"], Applied(lab, "cp1"));
        Assert.Equal(["Try", "NoReboot"], Applied(lab, "w1"));
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);
    }

    /// <summary>Without the config of the install.</summary>
    private static IEnumerable<string> Applied(Lab lab, string node) =>
        lab.Host.Ledger.Where(entry => entry.Node == node && entry.Kind == LedgerKind.Applied).Skip(1).Select(entry => entry.Detail);
}
