using System.Collections.Concurrent;
using Slipway.Engine.Journaling;
using Slipway.Rehearsal;
using Slipway.Tests.Talos.Rehearsed;

namespace Slipway.EndToEnd.Tests.Kills;

/// <summary>
/// The promise of the run: killed by SIGKILL at any effect, right before it and right after it, the next run converges, etcd
/// is bootstrapped once, no machine is installed twice and the one that is sent its installer is upgraded to it once. All effects, not a sample.
/// </summary>
public sealed class KillAfterEveryEffectTests
{
    /// <summary>As a shell tells SIGKILL.</summary>
    private const int Killed = 128 + 9;

    private const int ControlPlanes = 1;

    private const int Workers = 2;

    [Fact]
    public async Task Killed_at_every_single_effect_in_turn_the_next_run_converges()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var effects = await CountEffectsAsync(cancellationToken);
        var deaths =
            from effect in Enumerable.Range(1, effects)
            from moment in Enum.GetValues<DeathMoment>()
            select new DeathPoint(moment, effect);

        var failures = new ConcurrentBag<string>();
        await Parallel.ForEachAsync(deaths, new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken }, async (death, token) =>
        {
            if (await DieAndGoOnAsync(death, token) is { } failure)
            {
                failures.Add($"{death}: {failure}");
            }
        });

        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Order(StringComparer.Ordinal)));
    }

    /// <summary>How many effects an undisturbed run has: as many as there are deaths to die.</summary>
    private static async Task<int> CountEffectsAsync(CancellationToken cancellationToken)
    {
        await using var lab = await StartAsync(cancellationToken);
        var run = await lab.UpAsync();
        Assert.True(run.ExitCode == 0, run.Error);
        var record = JournalReader.Last(new StateFolder(Path.Combine(lab.Folder, ".slipway", "rehearsal")))!;
        // Secrets, three machines, the upgrade of one with its two steps, etcd, two access files, Cilium, and at least the namespace and two policies.
        Assert.True(record.Effects >= 14, $"only {record.Effects} effects");
        return record.Effects;
    }

    /// <summary>The last worker is sent its installer.</summary>
    private static async Task<Lab> StartAsync(CancellationToken cancellationToken)
    {
        var lab = await Lab.StartAsync(ControlPlanes, Workers, cancellationToken);
        lab.ForgetSecrets();
        await File.WriteAllBytesAsync(Path.Combine(lab.Folder, "installer.tar"), DockerArchive.Of(DockerArchive.Installer("v1.13.9")), cancellationToken);
        await lab.ChangeSpecAsync(spec => spec.Replace("- name: w2\n", "- name: w2\n  talos: {version: v1.13.9, installerArchive: installer.tar}\n", StringComparison.Ordinal), cancellationToken);
        return lab;
    }

    /// <summary>Null when all went as promised.</summary>
    private static async Task<string?> DieAndGoOnAsync(DeathPoint death, CancellationToken cancellationToken)
    {
        await using var lab = await StartAsync(cancellationToken);
        var killed = await lab.UpAsync(death);
        if (killed.ExitCode != Killed)
        {
            return $"the first run ended with {killed.ExitCode} instead of being killed\n{killed.Error}";
        }

        var next = await lab.UpAsync();
        if (next.ExitCode != 0)
        {
            return $"the next run ended with {next.ExitCode}\n{next.Error}";
        }

        var plan = await lab.PlanAsync();
        return plan.ExitCode != 0 ? $"something is left to do: {plan.Out}"
            : lab.Count(LedgerKind.EtcdBootstrapped) != 1 ? $"etcd was bootstrapped {lab.Count(LedgerKind.EtcdBootstrapped)} times"
            : lab.Count(LedgerKind.InstallStarted) != ControlPlanes + Workers ? $"{lab.Count(LedgerKind.InstallStarted)} installs for {ControlPlanes + Workers} machines"
            : lab.Count(LedgerKind.Upgraded) != 1 ? $"{lab.Count(LedgerKind.Upgraded)} upgrades of one machine"
            : !next.Error.Contains("was cut off", StringComparison.Ordinal) ? "the next run does not say that the last was cut off"
            : null;
    }
}
