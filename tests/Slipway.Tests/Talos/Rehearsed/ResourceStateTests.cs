using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Hardware;
using Slipway.Talos.Api;
using Slipway.Talos.Cosi;

namespace Slipway.Tests.Talos.Rehearsed;

[Collection(SharedControlPlanesCollection.Name)]
public sealed class ResourceStateTests(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => ControlPlane.Cancel;

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.14.0")]
    public async Task Every_fact_that_is_observed_is_the_nodes_own(string talos)
    {
        var plane = await planes.Of(talos);
        var facts = new NodeFacts(new ResourceState(plane.Reader));
        var label = NodeHardware.Of(0);
        Assert.Equal(ReleaseVersion.Parse(talos), await facts.VersionAsync(Cancel));
        Assert.Equal("controlplane", await facts.MachineTypeAsync(Cancel));
        Assert.Equal("cp1", await facts.HostnameAsync(Cancel));
        Assert.True(await facts.TimeSyncedAsync(Cancel));
        Assert.Equal((await new EtcdApi(plane.Reader).StatusAsync(Cancel)).MemberId, await facts.EtcdMemberIdAsync(Cancel));
        Assert.Equal((label.Uuid, label.Serial), (await facts.SystemAsync(Cancel)) is { } system ? (system.Uuid!, system.Serial!) : default);
        Assert.Equal(label.Links.Select(link => (link.Name, link.Mac)), (await facts.LinksAsync(Cancel)).Where(link => link.IsPhysical).Select(link => (link.Name, link.PermanentMac!)));
        Assert.Contains(await facts.AddressesAsync(Cancel), address => address.Address == $"{plane.Node.Plate.Address}/24");
        var boot = plane.Ledger.Last(entry => entry.Kind == LedgerKind.Booted).Detail;
        Assert.Equal(talos == "v1.14.0" ? boot : null, await facts.BootIdAsync(Cancel));
        Assert.Equal(["nodeReady"], (await facts.StatusAsync(Cancel))!.Unmet.Select(unmet => unmet.Name));
    }

    [Fact]
    public async Task A_config_is_for_administrators_and_to_others_as_if_it_were_not_there()
    {
        var plane = await planes.Of("v1.13.2");
        Assert.Equal(plane.Bench.ControlPlaneConfig("cp1"), (await new NodeFacts(new ResourceState(plane.Admin)).ConfigAsync(Cancel))!.Reveal());
        Assert.Equal(["persistent", "v1alpha1"], (await new ResourceState(plane.AsTalosctl("os:admin")).ListAsync(CosiKinds.MachineConfig, Cancel)).Select(one => one.Id).Order(StringComparer.Ordinal));
        var state = new ResourceState(plane.Reader);
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => state.GetAsync(CosiKinds.MachineConfig, "v1alpha1", Cancel));
        Assert.Null(await state.FindAsync(CosiKinds.MachineConfig, "v1alpha1", Cancel));
        Assert.Empty(await state.ListAsync(CosiKinds.MachineConfig, Cancel));
    }

    [Fact]
    public async Task What_is_not_there_is_told_from_what_the_version_does_not_know()
    {
        var state = new ResourceState((await planes.Of("v1.12.6")).Admin);
        await ControlPlane.Refused(FailureReason.NotFound, () => state.GetAsync(CosiKinds.Service, "none", Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => state.GetAsync(CosiKinds.BootId, "boot-id", Cancel));
        await ControlPlane.Refused(FailureReason.NotSupported, () => state.GetAsync(new CosiKind("", CosiKinds.Service.Type), "etcd", Cancel));
        Assert.Null(await state.FindAsync(CosiKinds.BootId, Cancel));
        Assert.Empty(await state.ListAsync(CosiKinds.BootId, Cancel));
        Assert.Equal("true", (await state.GetAsync(CosiKinds.Service, "etcd", Cancel)).Text("running"));
    }

    [Fact]
    public async Task A_watch_on_a_kind_tells_all_that_is_there_and_then_that_this_was_all()
    {
        var state = new ResourceState((await planes.Of("v1.12.6")).Reader);
        var listed = (await state.ListAsync(CosiKinds.Disk, Cancel)).Select(one => one.Id).ToList();
        Assert.Equal(NodeHardware.Of(0).Disks.Select(disk => disk.Device), listed);
        var told = await state.WatchAsync(CosiKinds.Disk, id: null, Cancel).Take(listed.Count + 1).ToListAsync(Cancel);
        Assert.Equal(listed, told.SkipLast(1).Select(change => change.Resource!.Id));
        Assert.All(told.SkipLast(1), change => Assert.Equal(CosiEventKind.Created, change.Kind));
        Assert.Equal(new CosiEvent(CosiEventKind.Bootstrapped, null), told[^1]);
    }

    [Fact]
    public async Task A_watch_on_one_resource_begins_with_its_state_and_follows_it()
    {
        var plane = await planes.Of("v1.13.2");
        await using var watch = new ResourceState(plane.Reader).WatchAsync(CosiKinds.Service, "cri", Cancel).GetAsyncEnumerator(Cancel);
        Assert.Equal((CosiEventKind.Created, true), await NextAsync());
        await new ServicesApi(plane.Admin).RestartAsync("cri", Cancel);
        Assert.Equal((CosiEventKind.Updated, false), await NextAsync());
        Assert.Equal((CosiEventKind.Updated, true), await NextAsync());

        async Task<(CosiEventKind Kind, bool? Running)> NextAsync()
        {
            Assert.True(await watch.MoveNextAsync());
            return (watch.Current.Kind, watch.Current.Resource!.Flag("running"));
        }
    }

    [Fact]
    public async Task A_watch_on_what_is_not_there_says_so_first()
    {
        var state = new ResourceState((await planes.Of("v1.14.0")).Reader);
        var first = await state.WatchAsync(CosiKinds.Service, "none", Cancel).FirstAsync(Cancel);
        Assert.Equal((CosiEventKind.Destroyed, "none"), (first.Kind, first.Resource!.Id));
        await ControlPlane.Refused(FailureReason.PermissionDenied, () => state.WatchAsync(CosiKinds.MachineConfig, null, Cancel).FirstAsync(Cancel).AsTask());
    }

    [Theory]
    [InlineData("v1.10.7")]
    [InlineData("v1.13.2")]
    public async Task A_blank_node_shows_what_it_is_and_no_config(string talos)
    {
        await using var plane = await ControlPlane.BlankAsync(talos);
        var state = new ResourceState(plane.Insecure());
        Assert.Equal(NodeHardware.Of(0).Uuid, (await state.GetAsync(CosiKinds.SystemInformation, "systeminformation", Cancel)).Text("uuid"));
        await ControlPlane.Refused(FailureReason.MaintenanceMode, () => state.GetAsync(CosiKinds.MachineConfig, "v1alpha1", Cancel));
        Assert.Null(await new NodeFacts(state).ConfigAsync(Cancel));
        Assert.Null(await new NodeFacts(state).MachineTypeAsync(Cancel));
    }
}
