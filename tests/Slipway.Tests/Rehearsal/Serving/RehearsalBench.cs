using Grpc.Core;
using Grpc.Net.Client;
using Slipway.Core.Versions;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;
using Slipway.Talos.Wire.Machine;
using Slipway.Tests.Rehearsal.Nodes;

namespace Slipway.Tests.Rehearsal.Serving;

/// <summary>A rehearsal and bare gRPC channels to its nodes, without Slipway's own client in between.</summary>
internal sealed class RehearsalBench : IAsyncDisposable
{
    private readonly List<GrpcChannel> _channels = [];

    private RehearsalBench(VirtualClock clock, RehearsalHost host)
    {
        (Clock, Host) = (clock, host);
    }

    /// <summary>Every call ends with its test.</summary>
    public static CallOptions Call => new(cancellationToken: TestContext.Current.CancellationToken);

    public VirtualClock Clock { get; }

    public RehearsalHost Host { get; }

    public static async Task<RehearsalBench> StartAsync(string talos, int controlPlanes = 1, int workers = 0, params Fault[] faults)
    {
        var clock = VirtualClock.Leaping();
        var host = await RehearsalHost.StartAsync(
            new RehearsalOptions
            {
                Talos = ReleaseVersion.Parse(talos),
                Kubernetes = new ReleaseVersion(1, 33, 1),
                ControlPlanes = controlPlanes,
                Workers = workers,
                Time = clock,
                Faults = faults,
            },
            TestContext.Current.CancellationToken);
        return new RehearsalBench(clock, host);
    }

    public RehearsedNode Node(string name) => Host.Machines.Single(node => node.Plate.Name == name);

    /// <summary>As <c>talosctl --insecure</c> comes.</summary>
    public CallInvoker Insecure(string name) => Channel(name, new MaintenanceTrust(null), null);

    /// <summary>With an Ed25519 certificate of the shared test cluster, as talosctl makes it.</summary>
    public CallInvoker As(string name, params string[] roles) => Channel(
        name,
        new ClusterCaTrust(ConfigText.Secrets.Os.Certificate, Clock),
        TlsIdentity.FromPem(ClientIdentity.MintEd25519(ConfigText.Secrets.Os, roles, TimeSpan.FromDays(1), TimeProvider.System.GetUtcNow()).Pair, "test"));

    public MachineService.MachineServiceClient Machine(string name) => new(As(name, "os:admin"));

    public MachineService.MachineServiceClient Maintenance(string name) => new(Insecure(name));

    public string ControlPlaneConfig(string name, string machine = "", string documents = "") =>
        ConfigText.ControlPlane(name, Host.Endpoint.GetLeftPart(UriPartial.Authority), machine: machine, documents: documents);

    public string WorkerConfig(string name, string machine = "", string documents = "") =>
        ConfigText.Worker(name, Host.Endpoint.GetLeftPart(UriPartial.Authority), machine: machine, documents: documents);

    /// <summary>Applies over the wire and waits until the node is installed and its services run.</summary>
    public async Task ConfigureAsync(string name, string config)
    {
        await Maintenance(name).ApplyConfigurationAsync(Apply(config, ApplyConfigurationRequest.Types.Mode.Auto), Call);
        var node = Node(name);
        await Until(() => node.Api == ApiPresence.Cluster && node.Disk.IsInstalled && node.Install is InstallPhase.None or InstallPhase.Installed && node.Services.Any(service => service.Id == "kubelet" && service.IsUp));
    }

    public static ApplyConfigurationRequest Apply(string config, ApplyConfigurationRequest.Types.Mode mode, bool dryRun = false) =>
        new() { Data = Google.Protobuf.ByteString.CopyFromUtf8(config), Mode = mode, DryRun = dryRun };

    public async Task Until(Func<bool> condition, TimeSpan? atMost = null)
    {
        var limit = Clock.Elapsed + (atMost ?? TimeSpan.FromMinutes(20));
        while (!Locked(condition))
        {
            Assert.True(Clock.Elapsed < limit, $"did not come about:\n{string.Join('\n', Host.Ledger)}");
            await Pass(TimeSpan.FromSeconds(1));
        }
    }

    public Task Pass(TimeSpan time) => Task.Delay(time, Clock, TestContext.Current.CancellationToken);

    public static async Task<RpcException> Refused(StatusCode code, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(call);
        Assert.True(code == error.StatusCode, $"expected {code}, found {error.Status}");
        return error;
    }

    public async ValueTask DisposeAsync()
    {
        _channels.ForEach(channel => channel.Dispose());
        await Host.DisposeAsync();
        Clock.Dispose();
    }

    private bool Locked(Func<bool> condition)
    {
        lock (Host.Machines[0].World.Gate)
        {
            return condition();
        }
    }

    private CallInvoker Channel(string name, IPeerTrust trust, TlsIdentity? identity)
    {
        var address = Node(name).Plate.Address;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync(address, 50000, cancellationToken);
                return await BcTlsStream.AuthenticateAsClientAsync(
                    client.GetStream(), new BcTlsClientOptions { Host = address.ToString(), Trust = trust, Identity = identity }, cancellationToken);
            },
        };
        var channel = GrpcChannel.ForAddress($"http://{address}:50000", new GrpcChannelOptions { HttpHandler = handler, DisposeHttpClient = true });
        _channels.Add(channel);
        return channel.CreateCallInvoker();
    }
}
