using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Api;

namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>What changes a machine; so each test has its own.</summary>
public sealed class LifecycleTests
{
    private const string Newer = "registry.example/installer:v1.14.0";

    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.12.6", false)]
    [InlineData("v1.14.0", true)]
    public async Task A_reboot_is_seen_by_another_boot_id_than_its_tickets(string talos, bool powerCycle)
    {
        await using var plane = await ControlPlane.RunningAsync(talos);
        var lifecycle = new LifecycleApi(plane.Admin);
        var boots = plane.Count(LedgerKind.Booted);
        var ticket = await lifecycle.RebootAsync(powerCycle, Cancel);
        Assert.NotEmpty(ticket.ActorId);
        Assert.Equal(plane.Ledger.Last(entry => entry.Kind == LedgerKind.Booted).Detail, ticket.BootIdBefore);
        await plane.BackAfter(boots);
        var after = await lifecycle.BootIdAsync(Cancel);
        Assert.NotEqual(ticket.BootIdBefore, after);
        Assert.Equal(plane.Ledger.Last(entry => entry.Kind == LedgerKind.Booted).Detail, after);
    }

    [Fact]
    public async Task A_reset_of_state_and_ephemeral_keeps_the_system_and_drops_the_config()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.12.6");
        var lifecycle = new LifecycleApi(plane.Admin);
        var options = new ResetOptions { Graceful = true, Reboot = true, Partitions = ["STATE", "EPHEMERAL"] };
        await ControlPlane.Refused(FailureReason.NotYet, () => lifecycle.ResetAsync(options, Cancel));
        Assert.Equal(0, plane.Count(LedgerKind.Reset));

        Assert.NotEmpty(await lifecycle.ResetAsync(options with { Graceful = false }, Cancel));
        await plane.Bench.Until(() => plane.Node.Stage == MachineStage.Maintenance);
        Assert.Equal("STATE,EPHEMERAL", Assert.Single(plane.Ledger, entry => entry.Kind == LedgerKind.Reset).Detail);
        Assert.True(Assert.Single(await new HardwareApi(plane.Insecure()).DisksAsync(Cancel), disk => disk.Device == "/dev/nvme0n1").IsSystemDisk);
    }

    [Fact]
    public async Task A_reset_of_everything_leaves_a_blank_disk()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.13.2");
        await new LifecycleApi(plane.Admin).ResetAsync(new ResetOptions { Graceful = false, Reboot = true, Partitions = [] }, Cancel);
        await plane.Bench.Until(() => plane.Node.Stage == MachineStage.Maintenance);
        Assert.DoesNotContain(await new HardwareApi(plane.Insecure()).DisksAsync(Cancel), disk => disk.IsSystemDisk);
    }

    [Fact]
    public async Task Up_to_1_12_an_upgrade_reboots_by_itself_and_a_rollback_undoes_it()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.12.6");
        var lifecycle = new LifecycleApi(plane.Admin);
        await ControlPlane.Refused(FailureReason.Rejected, () => lifecycle.LegacyUpgradeAsync("registry.example/installer:latest", stage: false, force: false, Cancel));
        var boots = plane.Count(LedgerKind.Booted);
        Assert.NotEmpty(await lifecycle.LegacyUpgradeAsync("registry.example/installer:v1.12.9", stage: false, force: false, Cancel));
        await plane.BackAfter(boots);
        Assert.Equal(ReleaseVersion.Parse("v1.12.9"), await new SystemApi(plane.Admin).VersionAsync(Cancel));

        await lifecycle.RollbackAsync(Cancel);
        await plane.BackAfter(boots + 1);
        Assert.Equal(ReleaseVersion.Parse("v1.12.6"), await new SystemApi(plane.Admin).VersionAsync(Cancel));
        await ControlPlane.Refused(FailureReason.Unknown, () => lifecycle.RollbackAsync(Cancel));
    }

    [Fact]
    public async Task From_1_13_on_an_upgrade_takes_effect_at_the_reboot_that_is_asked_for()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.13.2");
        var lifecycle = new LifecycleApi(plane.Admin);
        var system = new SystemApi(plane.Admin);
        await ControlPlane.Refused(FailureReason.NotFound, () => lifecycle.UpgradeAsync(Newer, _ => { }, Cancel));
        var image = await new ImagesApi(plane.Admin).PullAsync(Newer, (_, _, _) => { }, Cancel);
        var boots = plane.Count(LedgerKind.Booted);
        var lines = new List<string>();
        await lifecycle.UpgradeAsync(image, lines.Add, Cancel);
        Assert.Equal(["running Talos installer\n", "preparing boot assets\n", "installing boot loader\n"], lines);
        Assert.Equal(image, Assert.Single(plane.Ledger, entry => entry.Kind == LedgerKind.Upgraded).Detail);
        await plane.Bench.Pass(TimeSpan.FromMinutes(3));
        Assert.Equal(boots, plane.Count(LedgerKind.Booted));
        Assert.Equal(ReleaseVersion.Parse("v1.13.2"), await system.VersionAsync(Cancel));

        await lifecycle.RebootAsync(powerCycle: false, Cancel);
        await plane.BackAfter(boots);
        Assert.Equal(ReleaseVersion.Parse("v1.14.0"), await system.VersionAsync(Cancel));
    }

    [Fact]
    public async Task An_installer_that_fails_is_told_with_its_exit_code_and_changes_nothing()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.14.0");
        var image = await new ImagesApi(plane.Admin).PullAsync("registry.example/no-installer:latest", (_, _, _) => { }, Cancel);
        var error = await ControlPlane.Refused(FailureReason.Rejected, () => new LifecycleApi(plane.Admin).UpgradeAsync(image, _ => { }, Cancel));
        Assert.Equal("exit code 1", error.Found);
        Assert.Contains("installing boot loader", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, plane.Count(LedgerKind.Upgraded));
    }

    [Fact]
    public async Task A_second_upgrade_has_to_wait_for_the_first()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.13.2");
        var lifecycle = new LifecycleApi(plane.Admin);
        var image = await new ImagesApi(plane.Admin).PullAsync(Newer, (_, _, _) => { }, Cancel);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task first;
        // Time stands still, so the first cannot end meanwhile.
        using (plane.Bench.Clock.Busy())
        {
            first = lifecycle.UpgradeAsync(image, _ => begun.TrySetResult(), Cancel);
            await begun.Task.WaitAsync(Cancel);
            await ControlPlane.Refused(FailureReason.NotYet, () => lifecycle.UpgradeAsync(image, _ => { }, Cancel));
        }

        await first;
        Assert.Equal(1, plane.Count(LedgerKind.Upgraded));
    }

    [Fact]
    public async Task A_node_that_runs_from_elsewhere_is_installed_to_the_disk_that_is_named()
    {
        await using var plane = await ControlPlane.BlankAsync("v1.14.0");
        var config = string.Join('\n', plane.Bench.ControlPlaneConfig("cp1").Split('\n').Where(line => !line.Contains("install:", StringComparison.Ordinal)));
        await new ConfigurationApi(plane.Insecure()).ApplyAsync(new(config), ConfigurationMode.Auto, dryRun: false, null, Cancel);
        await plane.Bench.Until(() => plane.Node.Services.Any(service => service is { Id: "kubelet", IsUp: true }));
        var lifecycle = new LifecycleApi(plane.Admin);
        var image = await new ImagesApi(plane.Admin).PullAsync(Newer, (_, _, _) => { }, Cancel);
        await ControlPlane.Refused(FailureReason.NotYet, () => lifecycle.UpgradeAsync(image, _ => { }, Cancel));
        await ControlPlane.Refused(FailureReason.Rejected, () => lifecycle.InstallAsync(image, "/dev/sda", _ => { }, Cancel));

        var boots = plane.Count(LedgerKind.Booted);
        await lifecycle.InstallAsync(image, "/dev/nvme1n1", _ => { }, Cancel);
        Assert.Equal([false, true, false], (await new HardwareApi(plane.Admin).DisksAsync(Cancel)).Select(disk => disk.IsSystemDisk));
        Assert.Equal(boots, plane.Count(LedgerKind.Booted));
        await ControlPlane.Refused(FailureReason.AlreadyDone, () => lifecycle.InstallAsync(image, "/dev/nvme1n1", _ => { }, Cancel));
    }
}
