using System.Formats.Tar;
using System.IO.Compression;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Wire.Cosi;
using Slipway.Talos.Wire.Machine;

namespace Slipway.Tests.Rehearsal.Serving;

public sealed class StreamTests
{
    [Fact]
    public async Task Events_begin_with_an_empty_hello_and_carry_the_actor_and_talos_own_type_urls()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var machine = bench.Machine("cp1");
        using var events = machine.Events(new EventsRequest { TailEvents = -1 }, RehearsalBench.Call);
        Assert.True(await events.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Null(events.ResponseStream.Current.Data);
        var reading = ReadToTheEnd(events.ResponseStream);
        var actor = (await machine.RebootAsync(new RebootRequest(), RehearsalBench.Call)).Messages[0].ActorId;
        var read = await reading;
        var caused = read.Where(one => one.ActorId == actor && one.Data!.TypeUrl == "talos/runtime/machine.MachineStatusEvent");
        Assert.Equal([MachineStatusEvent.Types.MachineStage.Rebooting], caused.Select(one => MachineStatusEvent.Parser.ParseFrom(one.Data!.Value).Stage));
        Assert.All(read, one => Assert.StartsWith("talos/runtime/machine.", one.Data!.TypeUrl, StringComparison.Ordinal));
        Assert.Equal(read.Select(one => one.Id).Order(StringComparer.Ordinal), read.Select(one => one.Id));
        Assert.True(read.Count > 10);
    }

    private static async Task<List<Slipway.Talos.Wire.Machine.Event>> ReadToTheEnd(IAsyncStreamReader<Slipway.Talos.Wire.Machine.Event> stream)
    {
        var read = new List<Slipway.Talos.Wire.Machine.Event>();
        try
        {
            while (await stream.MoveNext(TestContext.Current.CancellationToken))
            {
                read.Add(stream.Current);
            }
        }
        catch (RpcException)
        {
            // The reboot ends the stream, one way or the other.
        }

        return read;
    }

    [Fact]
    public async Task A_watch_begins_empty_then_tells_what_is_there_and_what_changes()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var state = new State.StateClient(bench.As("cp1", "os:reader"));
        using var watch = state.Watch(
            new WatchRequest { Namespace = "runtime", Type = "MachineStatuses.runtime.talos.dev", ApiVersion = 1, Options = new WatchOptions { BootstrapContents = true } },
            RehearsalBench.Call);
        var stream = watch.ResponseStream;
        Assert.Empty((await Next(stream)).Event);
        var created = (await Next(stream)).Event[0];
        Assert.Equal(EventType.Created, created.EventType);
        Assert.Contains("stage: booting", created.Resource.Spec.YamlSpec, StringComparison.Ordinal);
        Assert.Equal(EventType.Bootstrapped, (await Next(stream)).Event[0].EventType);
        bench.Node("cp1").Bootstrap();
        var last = created;
        while (!last.Resource.Spec.YamlSpec.Contains("stage: running", StringComparison.Ordinal))
        {
            last = (await Next(stream)).Event[0];
            Assert.Equal(EventType.Updated, last.EventType);
            Assert.Equal(int.Parse(last.Old.Metadata.Version, System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(last.Resource.Metadata.Version, System.Globalization.CultureInfo.InvariantCulture));
        }

        Assert.Contains("name: nodeReady", last.Resource.Spec.YamlSpec, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resources_are_guarded_by_type_and_namespace()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.13.2");
        var state = new State.StateClient(bench.Insecure("cp1"));
        var unknown = await RehearsalBench.Refused(StatusCode.PermissionDenied, () => Get("runtime", "BootIDs.runtime.talos.dev", "boot-id"));
        Assert.Contains("not supported", unknown.Status.Detail, StringComparison.Ordinal);
        await RehearsalBench.Refused(StatusCode.PermissionDenied, () => Get("", "MachineStatuses.runtime.talos.dev", "machine"));
        await RehearsalBench.Refused(StatusCode.NotFound, () => Get("runtime", "MachineStatuses.runtime.talos.dev", "nothing"));
        var disks = new List<string>();
        using var list = state.List(new Slipway.Talos.Wire.Cosi.ListRequest { Namespace = "runtime", Type = "Disks.block.talos.dev", Options = new ListOptions { IdQuery = new IDQuery { Regexp = "^nvme[01]" } } }, RehearsalBench.Call);
        await foreach (var item in list.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            disks.Add(item.Resource.Metadata.Id);
        }

        Assert.Equal(["nvme0n1", "nvme1n1"], disks);

        Task Get(string @namespace, string type, string id) =>
            state.GetAsync(new GetRequest { Namespace = @namespace, Type = type, Id = id }, RehearsalBench.Call).ResponseAsync;
    }

    [Fact]
    public async Task Every_resource_is_yaml()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.14.0", 1);
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1", documents: "---\napiVersion: v1alpha1\nkind: ExtensionServiceConfig\nname: agent\n"));
        bench.Node("cp1").Bootstrap();
        await bench.Until(() => bench.Node("cp1").StaticPodsUp);
        var state = new State.StateClient(bench.As("cp1", "os:admin"));
        var seen = 0;
        foreach (var type in Slipway.Rehearsal.Resources.ResourceTypes.Of(new Slipway.Core.Versions.ReleaseVersion(1, 14, 0)))
        {
            using var list = state.List(new Slipway.Talos.Wire.Cosi.ListRequest { Namespace = type.Namespace, Type = type.Name }, RehearsalBench.Call);
            await foreach (var item in list.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                new YamlDotNet.RepresentationModel.YamlStream().Load(new StringReader(item.Resource.Spec.YamlSpec));
                seen++;
            }
        }

        Assert.True(seen > 80, $"only {seen} resources");
    }

    [Fact]
    public async Task The_tar_of_the_kubeconfig_is_cut_short_as_talos_leaves_it()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        using var packed = new MemoryStream();
        using var call = bench.Machine("cp1").Kubeconfig(new Empty(), RehearsalBench.Call);
        await foreach (var data in call.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            data.Bytes.WriteTo(packed);
        }

        packed.Position = 0;
        using var tar = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionMode.Decompress, leaveOpen: true))
        {
            await gzip.CopyToAsync(tar, TestContext.Current.CancellationToken);
        }

        packed.Position = 0;
        await using var again = new GZipStream(packed, CompressionMode.Decompress);
        await using var reader = new TarReader(again);
        await Assert.ThrowsAsync<EndOfStreamException>(async () =>
        {
            while (await reader.GetNextEntryAsync(copyData: true, TestContext.Current.CancellationToken) is not null)
            {
            }
        });
        var text = System.Text.Encoding.UTF8.GetString(tar.ToArray().AsSpan(512));
        Assert.StartsWith("apiVersion: v1", text, StringComparison.Ordinal);
        Assert.Contains($"server: {bench.Host.Endpoint.GetLeftPart(UriPartial.Authority)}", text, StringComparison.Ordinal);
        Assert.EndsWith("current-context: admin@test\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_boot_id_is_a_file_and_from_1_14_on_a_resource_and_changes_with_the_boot()
    {
        await using var bench = await RehearsalBench.StartAsync("v1.14.0");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        var before = await BootIdAsync();
        await bench.Machine("cp1").RebootAsync(new RebootRequest(), RehearsalBench.Call);
        await bench.Until(() => bench.Node("cp1").BootId != before && bench.Node("cp1").Api == ApiPresence.Cluster);
        Assert.NotEqual(before, await BootIdAsync());

        async Task<string> BootIdAsync()
        {
            using var call = bench.Machine("cp1").Read(new ReadRequest { Path = "/proc/sys/kernel/random/boot_id" }, RehearsalBench.Call);
            Assert.True(await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
            var read = call.ResponseStream.Current.Bytes.ToStringUtf8().Trim();
            var resource = await new State.StateClient(bench.As("cp1", "os:reader")).GetAsync(
                new GetRequest { Namespace = "runtime", Type = "BootIDs.runtime.talos.dev", Id = "boot-id" }, RehearsalBench.Call);
            Assert.Equal($"bootID: {read}\n", resource.Resource.Spec.YamlSpec);
            return read;
        }
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    public async Task Logs_take_zero_old_lines_at_their_word(int tail, bool any)
    {
        await using var bench = await RehearsalBench.StartAsync("v1.12.6");
        await bench.ConfigureAsync("cp1", bench.ControlPlaneConfig("cp1"));
        using var call = bench.Machine("cp1").Logs(new LogsRequest { Namespace = "system", Id = "kubelet", TailLines = tail }, RehearsalBench.Call);
        Assert.Equal(any, await call.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
    }

    private static async Task<WatchResponse> Next(IAsyncStreamReader<WatchResponse> stream)
    {
        Assert.True(await stream.MoveNext(TestContext.Current.CancellationToken));
        return stream.Current;
    }
}
