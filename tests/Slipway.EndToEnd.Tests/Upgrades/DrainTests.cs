using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Upgrades;

/// <summary>Upgrades of nodes that carry pods, which the real kubectl puts there, by the program against rehearsed machines.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task A_budget_that_denies_evictions_ends_the_run_with_6_and_once_it_is_mended_the_next_run_goes_on_and_uncordons()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await UpgradeLab.StartAsync(cancellationToken);
        await lab.KubectlAsync("apply", "-f", lab.Manifest(UpgradeLab.Web + UpgradeLab.Budget));
        await lab.KubectlAsync("rollout", "status", "deployment/web", "--timeout=60s");
        await lab.WantNextTalosAsync(cancellationToken);

        var held = await lab.Lab.UpWithAsync("--drain-timeout", "3s");

        Assert.Equal(6, held.ExitCode);
        Assert.Contains("not drained within 0.05 minutes", held.Error, StringComparison.Ordinal);
        Assert.Contains("Cannot evict pod as it would violate the pod's disruption budget. (The disruption budget web needs 2 healthy pods and has 2 currently)", held.Error, StringComparison.Ordinal);
        var node = Assert.Single(await lab.CordonedAsync());
        Assert.Contains($"kubectl uncordon {node}", held.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Lab.Host.Ledger, entry => entry.Kind == LedgerKind.Upgraded && entry.Node == node);

        await lab.KubectlAsync("delete", "pdb", "web");
        var next = await lab.Lab.UpAsync();

        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Empty(await lab.CordonedAsync());
        Assert.Equal(0, (await lab.Lab.PlanAsync()).ExitCode);
    }

    [Fact]
    public async Task A_node_that_the_operator_had_cordoned_stays_so_and_one_that_we_cordoned_for_an_upgrade_that_is_off_is_given_back()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await UpgradeLab.StartAsync(cancellationToken);
        await lab.KubectlAsync("cordon", "w2");
        await lab.KubectlAsync("apply", "-f", lab.Manifest(UpgradeLab.Web + UpgradeLab.Budget));
        await lab.KubectlAsync("rollout", "status", "deployment/web", "--timeout=60s");
        await lab.WantNextTalosAsync(cancellationToken);
        Assert.Equal(6, (await lab.Lab.UpWithAsync("--drain-timeout", "3s")).ExitCode);
        Assert.Equal(["w1", "w2"], await lab.CordonedAsync());

        await lab.WantFormerTalosForWorkersAsync(cancellationToken);
        var plan = await lab.Lab.PlanAsync();
        var next = await lab.Lab.UpAsync();

        Assert.Contains("uncordon: an earlier run cordoned it and was cut off", plan.Out, StringComparison.Ordinal);
        Assert.True(next.ExitCode == 0, next.Error);
        Assert.Equal(["w2"], await lab.CordonedAsync());
    }

    [Fact]
    public async Task A_bare_pod_is_refused_with_7_before_anything_is_touched_and_evicted_when_the_operator_says_so()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await UpgradeLab.StartAsync(cancellationToken);
        await lab.KubectlAsync("apply", "-f", lab.Manifest(UpgradeLab.Bare));
        await lab.KubectlAsync("wait", "--for=condition=Ready", "pod/bare", "--timeout=60s");
        await lab.WantNextTalosAsync(cancellationToken);

        var refused = await lab.Lab.UpAsync();
        var forced = await lab.Lab.UpWithAsync("--force-drain");

        Assert.Equal(7, refused.ExitCode);
        Assert.Contains("pod default/bare: no controller makes it again", refused.Error, StringComparison.Ordinal);
        Assert.True(forced.ExitCode == 0, forced.Error);
        Assert.Equal(3, lab.Lab.Count(LedgerKind.Upgraded));
        Assert.Empty(await lab.CordonedAsync());
    }
}
