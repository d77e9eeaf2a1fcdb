using System.Text;
using Slipway.Core.Failures;
using Slipway.Rehearsal;
using Slipway.Talos.Api;
using Slipway.Talos.Cosi;

namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>Who may change a machine, on which version; and metadata, which changes no more than itself.</summary>
[Collection(SharedControlPlanesCollection.Name)]
public sealed class LifecycleRightsTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    /// <summary>A file for administrators up to 1.13, a resource for everybody from 1.14 on.</summary>
    [Theory]
    [InlineData("v1.10.7", "os:admin", true)]
    [InlineData("v1.12.6", "os:reader", false)]
    [InlineData("v1.13.2", "os:operator", false)]
    [InlineData("v1.13.2", "os:admin", true)]
    [InlineData("v1.14.0", "os:reader", true)]
    public async Task The_boot_id_is_told_to(string talos, string role, bool told)
    {
        var plane = await planes.Of(talos);
        var now = plane.Ledger.Last(entry => entry.Kind == LedgerKind.Booted).Detail;
        Assert.Equal(told ? now : null, await new LifecycleApi(plane.As(role)).BootIdAsync(Cancel));
    }

    [Theory]
    [InlineData("v1.12.6", false)]
    [InlineData("v1.13.2", false)]
    [InlineData("v1.14.0", true)]
    public async Task The_boot_id_of_a_blank_node_is_told_from_1_14_on(string talos, bool told)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var now = plane.Ledger.Last(entry => entry.Kind == LedgerKind.Booted).Detail;
        Assert.Equal(told ? now : null, await new LifecycleApi(plane.Insecure()).BootIdAsync(Cancel));
    }

    [Fact]
    public async Task Readers_change_nothing()
    {
        var plane = await planes.Of("v1.13.2");
        var lifecycle = new LifecycleApi(plane.Reader);
        var before = plane.Ledger.Count;
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.RebootAsync(powerCycle: false, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.ResetAsync(new ResetOptions { Graceful = false, Reboot = true, Partitions = [] }, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.RollbackAsync(Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.LegacyUpgradeAsync("registry.example/installer:v1.13.3", stage: false, force: false, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.UpgradeAsync("registry.example/installer:v1.13.3", _ => { }, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.InstallAsync("registry.example/installer:v1.13.3", "/dev/nvme0n1", _ => { }, Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => lifecycle.MetaWriteAsync(12, default, Cancel));
        Assert.Equal(before, plane.Ledger.Count);
    }

    [Theory]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    public async Task A_blank_node_is_neither_rebooted_nor_reset_nor_written_to(string talos)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var lifecycle = new LifecycleApi(plane.Insecure());
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => lifecycle.RebootAsync(powerCycle: false, Cancel));
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => lifecycle.ResetAsync(new ResetOptions { Graceful = false, Reboot = true, Partitions = [] }, Cancel));
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => lifecycle.MetaWriteAsync(12, default, Cancel));
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => lifecycle.InstallAsync("registry.example/installer:v1.13.3", "/dev/nvme0n1", _ => { }, Cancel));
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.12.6")]
    public async Task Up_to_1_12_there_is_no_lifecycle_service(string talos)
    {
        var lifecycle = new LifecycleApi((await planes.Of(talos)).Admin);
        await ControlPlane.Refused(FailureReason.NotSupported, () => lifecycle.UpgradeAsync("registry.example/installer:v1.13.2", _ => { }, Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => lifecycle.InstallAsync("registry.example/installer:v1.13.2", "/dev/nvme0n1", _ => { }, Cancel));
    }

    [Fact]
    public async Task Metadata_is_written_by_its_own_role_and_read_back()
    {
        var plane = await planes.Of("v1.12.6");
        await new LifecycleApi(plane.As("os:meta:writer")).MetaWriteAsync(13, Encoding.UTF8.GetBytes("rack 7"), Cancel);
        var key = await new ResourceState(plane.Reader).GetAsync(new CosiKind("runtime", "MetaKeys.runtime.talos.dev"), "0x0d", Cancel);
        Assert.Equal("rack 7", key.Text("value"));
        Assert.Contains(plane.Ledger, entry => entry is { Kind: LedgerKind.MetaWritten, Detail: "0x0d" });
        await ControlPlane.Refused(FailureReason.Rejected, () => new LifecycleApi(plane.Admin).MetaWriteAsync(256, default, Cancel));
    }
}
