using Slipway.Core.Versions;
using Slipway.EndToEnd.Tests.Kills;
using Slipway.Rehearsal;

namespace Slipway.EndToEnd.Tests.Upgrades;

/// <summary>Upgrades of whole clusters across Talos' lines, by the program against rehearsed machines.</summary>
public sealed class UpgradeTests
{
    [Theory]
    [InlineData("v1.10.9", "v1.11.6")]
    [InlineData("v1.11.6", "v1.12.11")]
    [InlineData("v1.12.11", "v1.13.9")]
    [InlineData("v1.12.11", "v1.14.0")]
    public async Task A_cluster_goes_from_one_line_to_another_and_a_second_run_does_nothing(string from, string to)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(3, 1, All(from), [], cancellationToken);
        await lab.ChangeSpecAsync(spec => spec.Replace("v1.13.9", from, StringComparison.Ordinal), cancellationToken);
        var first = await lab.UpAsync();
        Assert.True(first.ExitCode == 0, first.Error);
        await lab.ChangeSpecAsync(spec => spec.Replace(from, to, StringComparison.Ordinal), cancellationToken);

        var plan = await lab.PlanAsync();
        var upgrade = await lab.UpAsync();
        var again = await lab.PlanAsync();

        Assert.Equal(2, plan.ExitCode);
        Assert.Contains("needs upgrade to ", plan.Out, StringComparison.Ordinal);
        Assert.Contains($"~ image talos = {from} -> {to}", plan.Out, StringComparison.Ordinal);
        Assert.True(upgrade.ExitCode == 0, upgrade.Error);
        Assert.Equal(4, lab.Count(LedgerKind.Upgraded));
        Assert.True(again.ExitCode == 0, again.Out);
    }

    [Fact]
    public async Task A_step_that_Talos_does_not_take_is_refused_with_7_and_nothing_is_touched()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 0, cancellationToken);
        Assert.Equal(0, (await lab.UpAsync()).ExitCode);
        await lab.ChangeSpecAsync(spec => spec.Replace("v1.13.9", "v1.12.11", StringComparison.Ordinal), cancellationToken);

        var run = await lab.UpAsync();

        Assert.Equal(7, run.ExitCode);
        Assert.Contains("is an older line than the v1.13.9 that the node runs", run.Error, StringComparison.Ordinal);
        Assert.Equal(0, lab.Count(LedgerKind.Upgraded));
    }

    private static Dictionary<string, ReleaseVersion> All(string talos) =>
        new[] { "cp1", "cp2", "cp3", "w1" }.ToDictionary(name => name, _ => ReleaseVersion.Parse(talos));
}
