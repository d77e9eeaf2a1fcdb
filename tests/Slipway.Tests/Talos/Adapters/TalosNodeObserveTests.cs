using System.Text;
using Google.Protobuf;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Talos.Cosi;
using Slipway.Talos.Pki;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Talos.Adapters;

public sealed class TalosNodeObserveTests
{
    private const string Running = "stage: running\nstatus:\n    ready: false\n    unmetConditions:\n        - name: nodeReady\n          reason: node is not ready\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_configured_node_tells_everything_to_either_kind_of_key(bool ed25519)
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured()));
        await using var fleet = new FleetOf(server.Port, ed25519 ? TestPki.Cluster.Ed25519Client("os:admin") : TestPki.Cluster.EcdsaClient("os:admin"));

        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);

        Assert.Null(seen.Failure);
        Assert.Equal(NodeMode.Configured, seen.Mode);
        Assert.Equal("v1.13.2", seen.Talos?.ToString());
        Assert.Equal(NodeStage.Running, seen.Stage);
        Assert.False(seen.Ready);
        Assert.Equal([new UnmetCondition("nodeReady", "node is not ready")], seen.Unmet);
        Assert.Equal("4c4c4544-0042", seen.Uuid);
        Assert.Equal("SN-1", seen.Serial);
        Assert.Equal(["52:54:00:aa:bb:01"], seen.Macs);
        Assert.Equal("controlplane", seen.MachineType);
        Assert.Equal(new Sensitive("version: v1alpha1 # mine\n"), seen.Config);
        Assert.Equal("boot-7", seen.BootId);
        Assert.Equal("1f2e", seen.EtcdMemberId);
        Assert.True(seen.TimeSynced);
        Assert.Equal(new DiskObservation("/dev/nvme0n1", "S1", "nvme.1", null, 1000, IsSystemDisk: true, ReadOnly: false), Assert.Single(seen.Disks));
        Assert.Equal(["enp1s0", "enp1s0.7"], seen.Links.Select(link => link.Name));
        var link = seen.Links[0];
        Assert.Equal((9000, true, "mlx5_core", 25000), (link.Mtu, link.Up, link.Driver, link.SpeedMbit));
        Assert.Equal(["10.0.0.11/24"], link.Addresses);
    }

    [Fact]
    public async Task A_glance_asks_for_two_things_only()
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured()));
        await using var fleet = new FleetOf(server.Port);

        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel);

        Assert.Equal((NodeMode.Configured, NodeStage.Running), (seen.Mode, seen.Stage));
        Assert.Null(seen.Config);
        Assert.Empty(seen.Disks);
    }

    [Theory]
    [InlineData("v1.13.2")]
    [InlineData(null)]
    public async Task A_node_in_maintenance_mode_is_known_by_its_fingerprint_in_both_generations(string? version)
    {
        var node = Complete(FakeNode.InMaintenance()).With(CosiKinds.MachineStatus, "stage: maintenance\nstatus:\n    ready: true\n    unmetConditions: []\n");
        node.Version = version;
        node.With(CosiKinds.Version, "version: v1.12.4\n");
        await using var server = await FakeTalosServer.StartAsync(node);
        var fingerprint = SpkiFingerprint.Of(node.Tls.Identity.Chain[0]);
        await using var fleet = new FleetOf(server.Port, fingerprint: fingerprint);

        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);

        Assert.Equal((NodeMode.Maintenance, NodeStage.Maintenance), (seen.Mode, seen.Stage));
        Assert.Equal(version ?? "v1.12.4", seen.Talos?.ToString());
        Assert.Equal(fingerprint, seen.Fingerprint);
        Assert.Equal("4c4c4544-0042", seen.Uuid);
        Assert.Single(seen.Disks);
        Assert.Null(seen.Config);
    }

    [Fact]
    public async Task A_node_in_maintenance_mode_with_another_fingerprint_is_not_believed()
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.InMaintenance()));
        await using var fleet = new FleetOf(server.Port, fingerprint: Convert.ToBase64String(new byte[32]));

        await AssertAwayAsync(fleet, FailureReason.UntrustedPeer, "fingerprint");
    }

    [Fact]
    public async Task A_node_of_another_cluster_is_the_wrong_node()
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured(TestPki.Stranger)));
        await using var fleet = new FleetOf(server.Port);

        await AssertAwayAsync(fleet, FailureReason.WrongNode, "another cluster");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_node_that_refuses_our_certificate_says_so_with_either_kind_of_key(bool ed25519)
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured()));
        await using var fleet = new FleetOf(server.Port, ed25519 ? TestPki.Stranger.Ed25519Client("os:admin") : TestPki.Stranger.EcdsaClient("os:admin"));

        await AssertAwayAsync(fleet, FailureReason.PermissionDenied, "refuses our certificate");
    }

    [Fact]
    public async Task Nobody_at_the_address_is_an_observation()
    {
        var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        await server.DisposeAsync();
        await using var fleet = new FleetOf(server.Port);

        await AssertAwayAsync(fleet, FailureReason.Unreachable, $"127.0.0.1:{server.Port}");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_is_cut_is_an_observation(bool ed25519)
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        server.Node.CutsConnections = true;
        await using var fleet = new FleetOf(server.Port, ed25519 ? TestPki.Cluster.Ed25519Client("os:admin") : TestPki.Cluster.EcdsaClient("os:admin"));

        await AssertAwayAsync(fleet, FailureReason.Unreachable, "cp-1");
    }

    [Fact]
    public async Task The_same_node_is_followed_from_maintenance_into_the_cluster_and_back()
    {
        var first = await FakeTalosServer.StartAsync(Complete(FakeNode.InMaintenance()));
        await using var fleet = new FleetOf(first.Port);
        var modes = new List<NodeMode> { (await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel)).Mode };
        await first.DisposeAsync();

        var second = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured()), first.Port);
        modes.Add((await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel)).Mode);
        await second.DisposeAsync();
        modes.Add((await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel)).Mode);

        await using var third = await FakeTalosServer.StartAsync(Complete(FakeNode.InMaintenance()), first.Port);
        modes.Add((await fleet.Node.ObserveAsync(ObservationDepth.Stage, Cancel)).Mode);

        Assert.Equal([NodeMode.Maintenance, NodeMode.Configured, NodeMode.Unreachable, NodeMode.Maintenance], modes);
    }

    [Fact]
    public async Task Observing_often_uses_one_connection()
    {
        await using var server = await FakeTalosServer.StartAsync(Complete(FakeNode.Configured()));
        await using var fleet = new FleetOf(server.Port);

        for (var i = 0; i < 5; i++)
        {
            await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);
        }

        Assert.Equal(1, server.Node.Connections);
    }

    private static async Task AssertAwayAsync(FleetOf fleet, FailureReason reason, string says)
    {
        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);

        Assert.Equal(NodeMode.Unreachable, seen.Mode);
        Assert.Contains(says, seen.Failure!.Message, StringComparison.Ordinal);
        Assert.Contains("cp-1", seen.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(reason, seen.Failure.Reason);
    }

    private static FakeNode Complete(FakeNode node)
    {
        node.Disks = [new() { DeviceName = "/dev/nvme0n1", Serial = "S1", Wwid = "nvme.1", Size = 1000, SystemDisk = true }];
        using var proto = new MemoryStream();
        using (var output = new CodedOutputStream(proto, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(Encoding.UTF8.GetBytes("version: v1alpha1 # mine\n")));
        }

        return node
            .With(CosiKinds.MachineStatus, Running)
            .With(CosiKinds.MachineType, "controlplane\n")
            .With(CosiKinds.SystemInformation, "manufacturer: Dell\nserialnumber: SN-1\nuuid: 4C4C4544-0042\n")
            .With(CosiKinds.TimeStatus, "synced: true\nepoch: 1\nsyncDisabled: false\n")
            .With(CosiKinds.EtcdMember, "memberID: 0000000000001f2e\n")
            .With(CosiKinds.MachineConfig, "persistent", "|\n    not: read\n", proto.ToArray())
            .With(CosiKinds.LinkStatus, "enp1s0", "type: ether\nkind: \"\"\nhardwareAddr: 52:54:00:aa:bb:02\npermanentAddr: 52:54:00:AA:BB:01\nmtu: 9000\nlinkState: true\noperationalState: up\ndriver: mlx5_core\nspeedMbit: 25000\n")
            .With(CosiKinds.LinkStatus, "enp1s0.7", "type: ether\nkind: vlan\nhardwareAddr: 52:54:00:aa:bb:02\nmtu: 9000\nlinkState: true\n")
            .With(CosiKinds.LinkStatus, "lo", "type: loopback\nkind: \"\"\nmtu: 65536\n")
            .With(CosiKinds.AddressStatus, "enp1s0/10.0.0.11/24", "address: 10.0.0.11/24\nlinkName: enp1s0\n");
    }
}
