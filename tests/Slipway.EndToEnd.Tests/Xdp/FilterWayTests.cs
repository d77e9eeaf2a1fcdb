using Slipway.EndToEnd.Tests.Kills;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Xdp;

/// <summary>The extension's way to nodes that are installed already: by an upgrade, seen by the plan and judged by the run.</summary>
public sealed class FilterWayTests
{
    private const string With = "registry.example/installer-xdp:v1.13.9";

    [Fact]
    public async Task An_upgrade_brings_the_filter_a_config_change_steers_it_and_no_upgrade_drops_it_unasked()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 1, cancellationToken);
        Assert.Equal(0, (await lab.UpAsync()).ExitCode);
        await lab.ChangeSpecAsync(
            spec => spec.Replace("nodes:\n", $"profiles: {{agave: {{installer: \"{With}\"}}}}\nxdp: {{mode: observe}}\nnodes:\n", StringComparison.Ordinal), cancellationToken);

        var plan = await lab.PlanAsync();
        Assert.Equal(2, plan.ExitCode);
        Assert.Contains($"needs upgrade to {With}", plan.Out, StringComparison.Ordinal);
        Assert.Contains("+ image extensions.slipway-xdp = slipway-xdp", plan.Out, StringComparison.Ordinal);
        var upgrade = await lab.UpAsync();
        Assert.True(upgrade.ExitCode == 0, upgrade.Error);
        Assert.Contains("met: the filter observes on w1: in the image, its service up, attached by its agent's word", upgrade.Error + upgrade.Out, StringComparison.Ordinal);
        Assert.Equal(1, lab.Count(LedgerKind.Upgraded));
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);

        await lab.ChangeSpecAsync(spec => spec.Replace("mode: observe", "mode: enforce", StringComparison.Ordinal), cancellationToken);
        var enforce = await lab.UpAsync();
        Assert.True(enforce.ExitCode == 0, enforce.Error);
        Assert.Contains("met: the filter enforces on w1", enforce.Error + enforce.Out, StringComparison.Ordinal);
        Assert.Equal(1, lab.Count(LedgerKind.Upgraded));

        await lab.ChangeSpecAsync(spec => spec.Replace(With, "registry.example/installer:v1.13.9", StringComparison.Ordinal).Replace("mode: enforce", "mode: off", StringComparison.Ordinal), cancellationToken);
        var drop = await lab.UpAsync();
        Assert.Equal(7, drop.ExitCode);
        Assert.Contains("would drop the extension slipway-xdp", drop.Error, StringComparison.Ordinal);
        Assert.Equal(1, lab.Count(LedgerKind.Upgraded));
    }

    [Fact]
    public async Task A_run_whose_nodes_lack_the_filter_ends_as_a_failure_that_says_so()
    {
        var run = await RehearsedRun.SmallAsync("--fault", "ail:no-extension@w1");

        run.AssertFailed(1, "w1", "verify", "the filter observes on w1", "no extension slipway-xdp");
    }
}
