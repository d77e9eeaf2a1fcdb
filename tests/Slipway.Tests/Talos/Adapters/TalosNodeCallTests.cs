using Grpc.Core;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Talos.Cosi;
using Slipway.Talos.Wire.Machine;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Talos.Adapters;

public sealed class TalosNodeCallTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.AlreadyExists, "controlplane", FailureReason.AlreadyDone)]
    [InlineData(StatusCode.FailedPrecondition, "controlplane", FailureReason.NotYet)]
    [InlineData(StatusCode.Unavailable, "controlplane", FailureReason.Unreachable)]
    [InlineData(StatusCode.Unimplemented, "unknown", FailureReason.NotYet)]
    [InlineData(StatusCode.Unimplemented, "worker", FailureReason.WrongNode)]
    [InlineData(StatusCode.InvalidArgument, "controlplane", FailureReason.Rejected)]
    [InlineData(StatusCode.PermissionDenied, "controlplane", FailureReason.PermissionDenied)]
    public async Task What_a_node_says_to_bootstrap_becomes_a_reason(StatusCode code, string type, FailureReason reason)
    {
        var node = FakeNode.Configured().With(CosiKinds.MachineType, type);
        node.Outcome = new Status(code, "told so");
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => fleet.Node.BootstrapEtcdAsync(Cancel));

        Assert.Equal(reason, error.Reason);
        Assert.Equal("cp-1", error.Node);
        Assert.Contains($"cp-1 (127.0.0.1:{server.Port}): Bootstrap failed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_does_not_answer_in_time_is_a_timeout_and_the_next_call_has_a_new_connection()
    {
        var node = FakeNode.Configured();
        node.Stall = new TaskCompletionSource();
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port, deadline: TimeSpan.FromSeconds(2));

        var error = await Assert.ThrowsAsync<SlipwayException>(() => fleet.Node.BootstrapEtcdAsync(Cancel).WaitAsync(Limit, Cancel));
        node.Stall = null;
        await fleet.Node.BootstrapEtcdAsync(Cancel).WaitAsync(Limit, Cancel);

        Assert.Equal(FailureReason.TimedOut, error.Reason);
        Assert.Equal(2, node.Connections);
    }

    [Fact]
    public async Task Cancelling_is_a_cancellation_and_not_a_failure()
    {
        var node = FakeNode.Configured();
        node.Stall = new TaskCompletionSource();
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);
        using var source = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var call = fleet.Node.BootstrapEtcdAsync(source.Token);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Limit, Cancel));
    }

    [Fact]
    public async Task A_config_goes_to_a_node_in_maintenance_mode_whole_and_with_its_mode()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.InMaintenance());
        await using var fleet = new FleetOf(server.Port);

        var outcome = await fleet.Node.ApplyConfigurationAsync(
            new ApplyRequest(new Sensitive("version: v1alpha1\n"), ApplyMode.Try, Maintenance: true, TryTimeout: TimeSpan.FromMinutes(3)), Cancel);

        var request = (ApplyConfigurationRequest)server.Node.Calls.Single().Request;
        Assert.Equal("version: v1alpha1\n", request.Data.ToStringUtf8());
        Assert.Equal(ApplyConfigurationRequest.Types.Mode.Try, request.Mode);
        Assert.Equal(TimeSpan.FromMinutes(3), request.TryModeTimeout.ToTimeSpan());
        Assert.True(outcome.RebootsNow);
        Assert.Equal(["old field"], outcome.Warnings);
    }

    [Fact]
    public async Task A_dry_run_reboots_nothing()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        await using var fleet = new FleetOf(server.Port);

        var outcome = await fleet.Node.ApplyConfigurationAsync(
            new ApplyRequest(new Sensitive("version: v1alpha1\n"), ApplyMode.Auto, Maintenance: false, DryRun: true), Cancel);

        Assert.False(outcome.RebootsNow);
        Assert.True(((ApplyConfigurationRequest)server.Node.Calls.Single().Request).DryRun);
    }

    [Fact]
    public async Task A_config_that_is_refused_tells_why()
    {
        var node = FakeNode.Configured();
        node.Outcome = new Status(StatusCode.InvalidArgument, "unknown keys found");
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        var error = await Assert.ThrowsAsync<SlipwayException>(
            () => fleet.Node.ApplyConfigurationAsync(new ApplyRequest(new Sensitive("secret: 1"), ApplyMode.Auto, Maintenance: false), Cancel));

        Assert.Equal(FailureReason.Rejected, error.Reason);
        Assert.Contains("unknown keys found", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_of_etcd_have_their_ids_as_etcdctl_prints_them()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        await using var fleet = new FleetOf(server.Port);

        var member = Assert.Single(await fleet.Node.EtcdMembersAsync(Cancel));

        Assert.Equal(("1f2e", "cp-1", false), (member.Id, member.Hostname, member.IsLearner));
    }

    [Fact]
    public async Task The_stage_is_followed_until_the_connection_ends()
    {
        var node = FakeNode.Configured().With(CosiKinds.MachineStatus, "stage: shutting down\nstatus:\n    ready: true\n    unmetConditions: []\n");
        var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);
        var seen = new List<NodeStage>();

        await foreach (var stage in fleet.Node.WatchStageAsync(Cancel))
        {
            seen.Add(stage.Stage);
            await server.DisposeAsync();
        }

        Assert.Equal([NodeStage.ShuttingDown], seen);
    }

    [Fact]
    public async Task The_stage_of_a_node_in_maintenance_mode_is_followed_too()
    {
        var node = FakeNode.InMaintenance().With(CosiKinds.MachineStatus, "stage: maintenance\nstatus:\n    ready: true\n");
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);
        NodeStage? seen = null;

        await foreach (var stage in fleet.Node.WatchStageAsync(Cancel))
        {
            seen = stage.Stage;
            break;
        }

        Assert.Equal(NodeStage.Maintenance, seen);
    }

    [Fact]
    public async Task A_call_to_the_nodes_own_address_names_no_node()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        await using var fleet = new FleetOf(server.Port);

        await fleet.Node.RebootAsync(Cancel);

        var headers = server.Node.Calls.Last().Headers;
        Assert.Null(headers.Get("node"));
        Assert.Null(headers.Get("nodes"));
    }
}
