using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Rehearsal.Hardware;
using Slipway.Talos.Api;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;
using Slipway.Tests.Rehearsal.Nodes;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class SystemAndHardwareTests(SharedControlPlanes planes)
{
    private static readonly NodeHardware Label = NodeHardware.Of(0);

    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.12.6")]
    [InlineData("v1.13.2")]
    [InlineData("v1.14.0")]
    public async Task A_node_tells_its_version_to_both_kinds_of_client_key(string talos)
    {
        var plane = await planes.Of(talos);
        Assert.Equal(ReleaseVersion.Parse(talos), await new SystemApi(plane.Reader).VersionAsync(Cancel));
        using var foreign = plane.AsTalosctl("os:reader");
        Assert.Equal(ReleaseVersion.Parse(talos), await new SystemApi(foreign).VersionAsync(Cancel));
        Assert.Equal(foreign.Fingerprint, plane.Reader.Fingerprint);
    }

    [Fact]
    public async Task A_client_certificate_of_another_cluster_is_refused()
    {
        var plane = await planes.Of("v1.13.2");
        var identity = ClientIdentity.Mint(ConfigText.NewSecrets().Os, ["os:admin"], TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow());
        using var stranger = plane.With(TlsIdentity.FromPem(identity.Pair, "a stranger"));
        var error = await Assert.ThrowsAsync<SlipwayException>(() => new SystemApi(stranger).VersionAsync(Cancel));
        // The node closes right after its alert, and when the reset overtakes that, no more is known than that it closed.
        Assert.True(error.Reason is FailureReason.PermissionDenied or FailureReason.Unreachable, $"{error.Reason}: {error.Message}");
        Assert.NotNull(stranger.Fingerprint);
    }

    [Theory]
    [InlineData("v1.12.6", FailureReason.MaintenanceMode)]
    [InlineData("v1.13.2", null)]
    public async Task A_blank_node_tells_its_version_from_1_13_on(string talos, FailureReason? refusal)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var system = new SystemApi(plane.Insecure());
        if (refusal is { } reason)
        {
            await ControlPlane.Refused(reason, () => system.VersionAsync(Cancel));
            return;
        }

        Assert.Equal(ReleaseVersion.Parse(talos), await system.VersionAsync(Cancel));
    }

    [Fact]
    public async Task A_nodes_clock_is_the_one_that_it_lives_by()
    {
        var plane = await planes.Of("v1.12.6");
        var before = plane.Bench.Clock.GetUtcNow();
        var clock = await new SystemApi(plane.Reader).ClockAsync(Cancel);
        Assert.InRange(clock.Local, before, plane.Bench.Clock.GetUtcNow());
        Assert.Equal(clock.Local, clock.Reference);
        Assert.NotEmpty(clock.Server);
    }

    [Fact]
    public async Task Disks_are_those_in_the_machine_and_the_installed_one_is_marked()
    {
        var plane = await planes.Of("v1.12.6");
        var disks = await new HardwareApi(plane.Reader).DisksAsync(Cancel);
        Assert.Equal(Label.Disks.Select(disk => (disk.Path, disk.Serial, disk.Wwid, disk.Model, (ulong)disk.Size)), disks.Select(disk => (disk.Device, disk.Serial!, disk.Wwid!, disk.Model!, disk.Size)));
        Assert.Equal([true, false, false], disks.Select(disk => disk.IsSystemDisk));
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task A_blank_node_shows_its_disks_to_anybody_and_none_is_the_systems(string talos)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var disks = await new HardwareApi(plane.Insecure()).DisksAsync(Cancel);
        Assert.Equal(Label.Disks.Select(disk => disk.Serial), disks.Select(disk => disk.Serial));
        Assert.DoesNotContain(disks, disk => disk.IsSystemDisk);
    }

    [Fact]
    public async Task Every_hardware_thread_is_a_processor()
    {
        var processors = await new HardwareApi((await planes.Of("v1.13.2")).Reader).ProcessorsAsync(Cancel);
        Assert.Equal(Enumerable.Range(0, Label.Threads).Select(index => (uint)index), processors.Select(one => one.Processor));
        Assert.All(processors, one => Assert.Equal(Label.Processor, one.ModelName));
        Assert.Equal(Label.Cores, processors.Select(one => one.CoreId).Distinct().Count());
    }

    [Fact]
    public async Task Network_counters_grow_on_the_link_that_is_used()
    {
        var plane = await planes.Of("v1.13.2");
        var hardware = new HardwareApi(plane.Reader);
        var before = await hardware.NetworkCountersAsync(Cancel);
        await plane.Bench.Pass(TimeSpan.FromSeconds(10));
        var after = await hardware.NetworkCountersAsync(Cancel);
        Assert.Equal(Label.Links.Select(link => link.Name), after.Select(device => device.Name));
        Assert.True(after[0].RxPackets >= before[0].RxPackets + 1200, $"{before[0].RxPackets} then {after[0].RxPackets}");
        Assert.Equal(0UL, after[1].RxBytes);
    }

    [Fact]
    public async Task State_and_ephemeral_are_mounted_from_the_system_disk()
    {
        var mounts = await new HardwareApi((await planes.Of("v1.12.6")).Reader).MountsAsync(Cancel);
        Assert.Equal("/dev/nvme0n1p5", Assert.Single(mounts, mount => mount.MountedOn == "/var").Filesystem);
        var state = Assert.Single(mounts, mount => mount.MountedOn == "/system/state");
        Assert.InRange(state.Available, 1UL, state.Size);
    }
}
