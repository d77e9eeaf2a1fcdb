using Slipway.EndToEnd.Tests.Upgrades;
using Slipway.Engine.Journaling;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Kills;

/// <summary>
/// The same promise for an upgrade of an installed cluster whose worker carries a pod: killed by SIGKILL at any effect, right before it
/// and right after it, the next run converges, no installer has run and no node has rebooted twice, and nothing stays cordoned. All
/// effects, in turn, on the same machines: each time they are wanted with yet another kernel argument.
/// </summary>
public sealed class KillInUpgradeTests
{
    private const int Killed = 128 + 9;

    private const int Nodes = 2;

    [Fact]
    public async Task Killed_at_every_single_effect_of_an_upgrade_in_turn_the_next_run_converges()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await UpgradeLab.StartAsync(workers: Nodes - 1, cancellationToken);
        await lab.KubectlAsync("apply", "-f", lab.Manifest(UpgradeLab.Web));
        await lab.KubectlAsync("rollout", "status", "deployment/web", "--timeout=60s");
        await lab.GiveProfileAsync(cancellationToken);
        Assert.Equal(0, (await lab.Lab.UpAsync()).ExitCode);
        var effects = await CountEffectsAsync(lab, cancellationToken);

        var failures = new List<string>();
        foreach (var death in from effect in Enumerable.Range(1, effects) from moment in Enum.GetValues<DeathMoment>() select new DeathPoint(moment, effect))
        {
            if (await DieAndGoOnAsync(lab, death, cancellationToken) is { } failure)
            {
                failures.Add($"{death}: {failure}");
                break;
            }
        }

        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
    }

    private static async Task<int> CountEffectsAsync(UpgradeLab lab, CancellationToken cancellationToken)
    {
        await lab.WantAnotherArgumentAsync(cancellationToken);
        var run = await lab.Lab.UpAsync();
        Assert.True(run.ExitCode == 0, run.Error);
        var record = JournalReader.Last(new StateFolder(Path.Combine(lab.Lab.Folder, ".slipway", "rehearsal")))!;
        // For each node the upgrade, with cordon, eviction, image, reboot and uncordon inside it, and then its config.
        Assert.True(record.Effects >= 7 * Nodes, $"only {record.Effects} effects");
        return record.Effects;
    }

    /// <summary>Null when all went as promised.</summary>
    private static async Task<string?> DieAndGoOnAsync(UpgradeLab lab, DeathPoint death, CancellationToken cancellationToken)
    {
        var (upgraded, rebooted) = (lab.Lab.Count(LedgerKind.Upgraded), lab.Lab.Count(LedgerKind.Rebooted));
        await lab.WantAnotherArgumentAsync(cancellationToken);
        var killed = await lab.Lab.UpAsync(death);
        if (killed.ExitCode != Killed)
        {
            return $"the first run ended with {killed.ExitCode} instead of being killed\n{killed.Error}";
        }

        var next = await lab.Lab.UpAsync();
        if (next.ExitCode != 0)
        {
            return $"the next run ended with {next.ExitCode}\n{next.Error}";
        }

        var plan = await lab.Lab.PlanAsync();
        var cordoned = await lab.CordonedAsync();
        (upgraded, rebooted) = (lab.Lab.Count(LedgerKind.Upgraded) - upgraded, lab.Lab.Count(LedgerKind.Rebooted) - rebooted);
        return plan.ExitCode != 0 ? $"something is left to do: {plan.Out}"
            : cordoned.Count > 0 ? $"still cordoned: {string.Join(", ", cordoned)}"
            : upgraded != Nodes ? $"{upgraded} images were written for {Nodes} nodes"
            : rebooted != Nodes ? $"{rebooted} reboots of {Nodes} nodes"
            : !next.Error.Contains("was cut off", StringComparison.Ordinal) ? "the next run does not say that the last was cut off"
            : null;
    }
}
