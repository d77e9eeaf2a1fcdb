using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Slipway.Cli.Composition;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Engine.Ports;
using Slipway.Talos.Api;
using Slipway.Talos.Connections;
using Slipway.Talos.Cosi;
using Slipway.Talos.Talosconfig;
using Slipway.Talos.Tls;
using Slipway.Talos.Wire.Machine;
using Slipway.Tests.Architecture;
using Slipway.Tests.Pki;
using Slipway.Tests.Planning;
using Slipway.Tests.Talos;
using Slipway.Tests.Talos.Rehearsed;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Traps;

/// <summary>What single calls do otherwise than one would think.</summary>
[Collection(SharedControlPlanesCollection.Name)]
public sealed class CallTraps(SharedControlPlanes planes)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, Trap(2)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Trap_2_no_config_goes_out_with_the_mode_left_at_its_default(bool maintenance)
    {
        await using var server = await FakeTalosServer.StartAsync(maintenance ? FakeNode.InMaintenance() : FakeNode.Configured());
        await using var fleet = new FleetOf(server.Port);
        foreach (var mode in System.Enum.GetValues<ApplyMode>())
        {
            await fleet.Node.ApplyConfigurationAsync(new ApplyRequest(new Sensitive("version: v1alpha1\n"), mode, maintenance), Cancel);
        }

        Assert.Equal(0, (int)ApplyConfigurationRequest.Types.Mode.Reboot);
        Assert.Equal(System.Enum.GetNames<ApplyMode>(), server.Node.Calls.Select(call => ((ApplyConfigurationRequest)call.Request).Mode.ToString()));
    }

    [Fact, Trap(3)]
    public async Task Trap_3_a_node_is_asked_itself_or_named_once_and_never_in_the_plural_or_with_a_port()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        await using var fleet = new FleetOf(server.Port);
        await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);
        Assert.NotEmpty(server.Node.Calls);
        Assert.All(server.Node.Calls, call => Assert.DoesNotContain(call.Headers, header => header.Key is "node" or "nodes"));

        server.Node.Calls.Clear();
        using var behind = Connect(server, "10.0.0.21");
        await new SystemApi(behind).VersionAsync(Cancel);
        var headers = server.Node.Calls.Single().Headers;
        Assert.Equal("10.0.0.21", headers.Single(header => header.Key == "node").Value);
        Assert.DoesNotContain(headers, header => header.Key == "nodes");
    }

    [Fact, Trap(4)]
    public void Trap_4_no_worker_is_an_endpoint()
    {
        var spec = Sample.Desired(3, 2).Spec;
        var text = OperatorTalosconfig.Write(spec, TestSecrets.Bundle.Os, TestSecrets.Bundle.Os).Reveal();
        Assert.Equal(spec.ControlPlanes.Select(node => node.Address), TalosconfigText.Parse("talosconfig", text).Find(spec.Name)!.Endpoints);
    }

    [Fact, Trap(5)]
    public async Task Trap_5_an_upgrade_is_judged_by_its_exit_code()
    {
        var node = FakeNode.Configured();
        await using var server = await FakeTalosServer.StartAsync(node);
        using var connection = Connect(server);
        await new LifecycleApi(connection).UpgradeAsync("example.org/installer:v1", _ => { }, Cancel);
        node.ExitCode = 1;

        var error = await Assert.ThrowsAsync<SlipwayException>(() => new LifecycleApi(connection).UpgradeAsync("example.org/installer:v1", _ => { }, Cancel));

        Assert.Equal("exit code 1", error.Found);
    }

    [Fact, Trap(8)]
    public void Trap_8_a_kubeconfigs_tar_needs_no_end()
    {
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, "kubeconfig") { DataStream = new MemoryStream("kind: Config\n"u8.ToArray()) });
        }

        // Talos leaves out the padding and the two empty blocks at the end.
        using var cut = new MemoryStream();
        using (var zip = new GZipStream(cut, CompressionLevel.Fastest, leaveOpen: true))
        {
            zip.Write(tar.ToArray().AsSpan(0, 512 + "kind: Config\n".Length));
        }

        Assert.Equal("kind: Config\n", KubeconfigArchive.Read(new MemoryStream(cut.ToArray())));
    }

    [Fact, Trap(9)]
    public async Task Trap_9_a_whole_log_is_asked_for_by_minus_one()
    {
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server);
        await foreach (var piece in new ServicesApi(connection).LogsAsync("etcd", null, follow: false, Cancel))
        {
            Assert.Equal("line\n", Encoding.UTF8.GetString(piece.Span));
        }

        Assert.Equal(-1, ((LogsRequest)server.Node.Calls.Single().Request).TailLines);
    }

    [Fact, Trap(10)]
    public async Task Trap_10_events_are_known_behind_the_slash_and_the_empty_greeting_is_none()
    {
        var node = FakeNode.Configured();
        node.Events = [new Event(), new Event { Id = "1", Data = new Any { TypeUrl = "talos/runtime/machine.SequenceEvent", Value = new SequenceEvent { Sequence = "boot" }.ToByteString() } }];
        await using var server = await FakeTalosServer.StartAsync(node);
        using var connection = Connect(server);

        var seen = await new EventsApi(connection).WatchAsync(past: -1, actorId: null, Cancel).ToListAsync(Cancel);

        Assert.Equal("boot", Assert.IsType<SequenceEvent>(Assert.Single(seen).Payload).Sequence);
    }

    [Fact, Trap(18)]
    public void Trap_18_no_HTTP2_ping_is_ever_sent()
    {
        using var handler = new SocketsHttpHandler();
        Assert.Equal(Timeout.InfiniteTimeSpan, handler.KeepAlivePingDelay);
        var sources = Path.Combine(SourceTree.Root, "src");
        Assert.DoesNotContain(SourceTree.Files(sources), file => File.ReadAllText(Path.Combine(sources, file)).Contains("KeepAlivePing", StringComparison.Ordinal));
    }

    [Fact, Trap(24)]
    public async Task Trap_24_whoever_resets_a_node_has_to_say_whether_gracefully()
    {
        Assert.NotNull(typeof(ResetOptions).GetProperty(nameof(ResetOptions.Graceful))!.GetCustomAttribute<RequiredMemberAttribute>());
        await using var server = await FakeTalosServer.StartAsync(FakeNode.Configured());
        using var connection = Connect(server);

        await new LifecycleApi(connection).ResetAsync(new ResetOptions { Graceful = false, Reboot = true, Partitions = ["STATE", "EPHEMERAL"] }, Cancel);

        var request = (ResetRequest)server.Node.Calls.Single().Request;
        Assert.False(request.Graceful);
        Assert.Equal(ResetRequest.Types.WipeMode.SystemDisk, request.Mode);
    }

    [Fact, Trap(29)]
    public async Task Trap_29_an_unknown_type_is_not_told_as_a_lack_of_rights()
    {
        var state = new ResourceState((await planes.Of("v1.12.6")).Admin);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => state.GetAsync(new CosiKind("runtime", "Tomorrows.runtime.talos.dev"), "x", Cancel));

        Assert.Equal(FailureReason.NotSupported, error.Reason);
        Assert.Null(await state.FindAsync(new CosiKind("runtime", "Tomorrows.runtime.talos.dev"), "x", Cancel));
    }

    [Fact, Trap(30)]
    public void Trap_30_every_kind_of_resource_says_its_namespace()
    {
        var kinds = typeof(CosiKinds).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (CosiKind)property.GetValue(null)!).ToList();
        Assert.NotEmpty(kinds);
        Assert.All(kinds, kind => Assert.False(string.IsNullOrEmpty(kind.Namespace), kind.Type));
    }

    private static TalosConnection Connect(FakeTalosServer server, string? node = null) => new TalosChannelFactory().Connect(
        new TalosTarget { Name = "cp-1", Host = "127.0.0.1", Port = server.Port, Node = node },
        TalosCredentials.Cluster(TestPki.Cluster.Ca.Certificate, TlsIdentity.FromPem(TestPki.Cluster.EcdsaClient("os:admin"), "the test client"), TestPki.Time));
}
