using Slipway.Core.Failures;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Api;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class EtcdTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task The_only_member_leads_and_is_the_one_in_the_list(string talos)
    {
        var etcd = new EtcdApi((await planes.Of(talos)).Reader);
        var member = Assert.Single(await etcd.MembersAsync(Cancel));
        var status = await etcd.StatusAsync(Cancel);
        Assert.Equal(member.Id, status.MemberId);
        Assert.Equal(member.Id, status.LeaderId);
        Assert.Equal("cp1", member.Hostname);
        Assert.InRange(status.DatabaseBytesInUse, 1, status.DatabaseBytes);
        Assert.InRange(status.RaftAppliedIndex, 0UL, status.RaftIndex);
        Assert.False(status.IsLearner);
        Assert.Empty(status.Errors);
    }

    [Fact]
    public async Task A_snapshot_is_a_bolt_database_and_not_for_readers()
    {
        var plane = await planes.Of("v1.12.6");
        using var backup = new MemoryStream();
        await new EtcdApi(plane.As("os:etcd:backup")).SnapshotAsync(backup, Cancel);
        Assert.Equal(64 * 1024, backup.Length);
        Assert.Equal(0xED0CDAEDu, BitConverter.ToUInt32(backup.GetBuffer(), 16));

        using var nothing = new MemoryStream();
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new EtcdApi(plane.Reader).SnapshotAsync(nothing, Cancel));
        Assert.Equal(0, nothing.Length);
    }

    [Fact]
    public async Task A_member_that_is_not_there_cannot_be_removed_and_readers_remove_none()
    {
        var plane = await planes.Of("v1.13.2");
        await ControlPlane.Refused(FailureReason.NotFound, () => new EtcdApi(plane.Admin).RemoveMemberAsync("1", Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new EtcdApi(plane.Reader).RemoveMemberAsync("1", Cancel));
        Assert.Single(await new EtcdApi(plane.Reader).MembersAsync(Cancel));
    }

    [Theory]
    [InlineData("")]
    [InlineData("cp1")]
    [InlineData("11112222333344445")]
    public async Task An_id_that_is_none_is_told_before_anything_is_sent(string id)
    {
        var plane = await planes.Of("v1.13.2");
        var error = await ControlPlane.Refused(FailureReason.BadInput, () => new EtcdApi(plane.Admin).RemoveMemberAsync(id, Cancel));
        Assert.Equal($"'{id}'", error.Found);
    }

    [Fact]
    public async Task A_second_bootstrap_finds_data_and_begins_nothing()
    {
        var plane = await planes.Of("v1.12.6");
        await ControlPlane.Refused(FailureReason.AlreadyDone, () => new EtcdApi(plane.Admin).BootstrapAsync(Cancel));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => new EtcdApi(plane.Reader).BootstrapAsync(Cancel));
        Assert.Equal(1, plane.Count(LedgerKind.EtcdBootstrapped));
    }

    [Fact]
    public async Task Before_the_bootstrap_etcd_tells_nothing_yet_and_after_it_has_a_member()
    {
        await using var plane = await ControlPlane.BlankAsync("v1.13.2");
        await plane.Bench.ConfigureAsync("cp1", plane.Bench.ControlPlaneConfig("cp1"));
        var etcd = new EtcdApi(plane.Admin);
        await ControlPlane.Refused(FailureReason.NotYet, () => etcd.StatusAsync(Cancel));
        await ControlPlane.Refused(FailureReason.NotYet, () => etcd.MembersAsync(Cancel));
        await etcd.BootstrapAsync(Cancel);
        Assert.Equal(1, plane.Count(LedgerKind.BootstrapRequested));
        await plane.Bench.Until(() => plane.Node.Stage == MachineStage.Running);
        Assert.Equal("cp1", Assert.Single(await etcd.MembersAsync(Cancel)).Hostname);
    }

    [Fact]
    public async Task A_removed_member_is_gone_from_the_list()
    {
        await using var plane = await ControlPlane.RunningAsync("v1.12.6", controlPlanes: 2);
        var etcd = new EtcdApi(plane.Admin);
        var other = Assert.Single(await etcd.MembersAsync(Cancel), member => member.Hostname == "cp2");
        await etcd.RemoveMemberAsync(other.Id, Cancel);
        Assert.Equal("cp1", Assert.Single(await etcd.MembersAsync(Cancel)).Hostname);
    }

    [Fact]
    public async Task A_worker_has_no_etcd()
    {
        await using var plane = await ControlPlane.BlankAsync("v1.12.6", workers: 1);
        await plane.Bench.ConfigureAsync("cp1", plane.Bench.ControlPlaneConfig("cp1"));
        await plane.Bench.ConfigureAsync("w1", plane.Bench.WorkerConfig("w1"));
        var worker = plane.To("w1");
        var error = await Assert.ThrowsAsync<SlipwayException>(() => new EtcdApi(worker).MembersAsync(Cancel));
        Assert.Equal(FailureReason.NotSupported, error.Reason);
        Assert.Contains("control-plane", error.Hint, StringComparison.Ordinal);
        Assert.Equal(FailureReason.NotSupported, (await Assert.ThrowsAsync<SlipwayException>(() => new FilesApi(worker).KubeconfigAsync(Cancel))).Reason);
        Assert.Equal("w1\n", await new FilesApi(worker).ReadTextAsync("/etc/hostname", Cancel));
    }
}
