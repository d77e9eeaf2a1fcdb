using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Slipway.Core.Failures;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;
using Slipway.Talos.Tls;
using Slipway.Talos.Wire.Machine;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Talos.Api;

public sealed class ApiTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_node_behind_an_endpoint_is_named_once_and_never_in_the_plural()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server, node: "10.0.0.21");

        await new SystemApi(connection).VersionAsync(Cancel);

        var headers = server.Node.Calls.Single().Headers;
        Assert.Equal(["10.0.0.21"], headers.GetAll("node").Select(entry => entry.Value));
        Assert.Empty(headers.GetAll("nodes"));
        Assert.NotEqual(DateTime.MaxValue, server.Node.LastDeadline);
    }

    [Fact]
    public async Task Events_are_known_by_what_follows_the_slash_and_the_greeting_is_left_out()
    {
        var node = FakeNode.Configured();
        node.Events =
        [
            new Event(),
            new Event { Id = "1", Data = Packed("talos/runtime/machine.SequenceEvent", new SequenceEvent { Sequence = "boot", Action = SequenceEvent.Types.Action.Start }) },
            new Event { Id = "2", Data = Packed("talos/runtime/machine.FromTheFuture", new Empty()) },
        ];
        await using var server = await FakeTalosServer.StartAsync(node);
        using var connection = Connect(server);

        var seen = await new EventsApi(connection).WatchAsync(past: -1, actorId: null, Cancel).ToListAsync(Cancel);

        Assert.Equal("boot", Assert.IsType<SequenceEvent>(Assert.Single(seen).Payload).Sequence);
    }

    [Theory]
    [InlineData(null, -1)]
    [InlineData(0, 0)]
    [InlineData(20, 20)]
    public async Task All_old_lines_of_a_log_are_asked_for_by_minus_one(int? lines, int wire)
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server);

        var text = new StringBuilder();
        await foreach (var piece in new ServicesApi(connection).LogsAsync("etcd", lines, follow: false, Cancel))
        {
            text.Append(Encoding.UTF8.GetString(piece.Span));
        }

        Assert.Equal("line\n", text.ToString());
        Assert.Equal(wire, ((LogsRequest)server.Node.Calls.Single().Request).TailLines);
    }

    [Fact]
    public async Task An_installer_that_fails_is_a_failure_though_its_call_ends_well()
    {
        var node = FakeNode.Configured();
        node.ExitCode = 3;
        await using var server = await FakeTalosServer.StartAsync(node);
        using var connection = Connect(server);
        var lines = new List<string>();

        var error = await Assert.ThrowsAsync<SlipwayException>(() => new LifecycleApi(connection).UpgradeAsync("example.org/installer:v1", lines.Add, Cancel));

        Assert.Equal("exit code 3", error.Found);
        Assert.Contains("writing the boot loader", error.Message, StringComparison.Ordinal);
        Assert.Equal(["writing the boot loader"], lines);
    }

    [Fact]
    public async Task A_reboot_remembers_the_boot_before_it()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server);

        Assert.Equal(new RebootTicket("actor-1", "boot-7"), await new LifecycleApi(connection).RebootAsync(powerCycle: false, Cancel));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_not_found()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => new FilesApi(connection).ReadTextAsync("/none", Cancel));

        Assert.Equal(FailureReason.NotFound, error.Reason);
    }

    [Fact]
    public void Every_call_of_the_contract_has_a_deadline()
    {
        var services = new[]
        {
            MachineReflection.Descriptor, LifecycleReflection.Descriptor, ImageReflection.Descriptor, Slipway.Talos.Wire.Storage.StorageReflection.Descriptor,
            Slipway.Talos.Wire.Time.TimeReflection.Descriptor, Slipway.Talos.Wire.Cluster.ClusterReflection.Descriptor, Slipway.Talos.Wire.Cosi.StateReflection.Descriptor,
        }.SelectMany(file => file.Services);

        Assert.All(services.SelectMany(service => service.Methods), method =>
            Assert.InRange(RpcDeadlines.Of($"/{method.Service.FullName}/{method.Name}"), TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)));
    }

    private static TalosConnection Connect(FakeTalosServer server, string? node = null) => new TalosChannelFactory().Connect(
        new TalosTarget { Name = "cp-1", Host = "127.0.0.1", Port = server.Port, Node = node },
        TalosCredentials.Cluster(TestPki.Cluster.Ca.Certificate, TlsIdentity.FromPem(TestPki.Cluster.EcdsaClient("os:admin"), "the test client"), TestPki.Time));

    private static Any Packed(string type, IMessage message) => new() { TypeUrl = type, Value = message.ToByteString() };
}
