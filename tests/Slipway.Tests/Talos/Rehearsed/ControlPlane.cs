using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;
using Slipway.Talos.Connections;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;
using Slipway.Tests.Rehearsal.Nodes;
using Slipway.Tests.Rehearsal.Serving;

namespace Slipway.Tests.Talos.Rehearsed;

/// <summary>A rehearsal and Slipway's own connections to its first machine, cp1.</summary>
internal sealed class ControlPlane : IAsyncDisposable
{
    private readonly List<TalosConnection> _connections = [];
    private readonly SecretsBundle _secrets;

    private ControlPlane(RehearsalBench bench, SecretsBundle secrets)
    {
        (Bench, _secrets) = (bench, secrets);
        Admin = As("os:admin");
        Reader = As("os:reader");
    }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public RehearsalBench Bench { get; }

    public RehearsedNode Node => Bench.Node("cp1");

    public IReadOnlyList<LedgerEntry> Ledger => Bench.Host.Ledger;

    /// <summary>An ECDSA identity, so .NET's own TLS.</summary>
    public TalosConnection Admin { get; }

    public TalosConnection Reader { get; }

    /// <summary>Machines without a config.</summary>
    /// <param name="secrets">Of the cluster that they are going to be; null for the shared ones.</param>
    public static async Task<ControlPlane> BlankAsync(string talos, SecretsBundle? secrets = null, int controlPlanes = 1, int workers = 0) =>
        new(await RehearsalBench.StartAsync(talos, controlPlanes, workers), secrets ?? ConfigText.Secrets);

    /// <summary>Installed, etcd and the static pods up; no CNI, so not ready.</summary>
    public static async Task<ControlPlane> RunningAsync(string talos, int controlPlanes = 1)
    {
        var plane = await BlankAsync(talos, controlPlanes: controlPlanes);
        foreach (var machine in plane.Bench.Host.Nodes)
        {
            await plane.Bench.ConfigureAsync(machine.Name, plane.Bench.ControlPlaneConfig(machine.Name));
        }

        plane.Node.Bootstrap();
        await plane.Bench.Until(() => plane.Bench.Host.Machines.All(node => node is { StaticPodsUp: true, Stage: MachineStage.Running }));
        return plane;
    }

    public TalosConnection As(string role) => Connect(Cluster(Mint(role)));

    /// <summary>As administrator to another machine of the rehearsal.</summary>
    public TalosConnection To(string name) => Connect(Cluster(Mint("os:admin")), name);

    /// <summary>An Ed25519 identity as talosctl makes it, so BouncyCastle's TLS.</summary>
    public TalosConnection AsTalosctl(string role) =>
        Connect(Cluster(ClientIdentity.MintEd25519(_secrets.Os, [role], TimeSpan.FromDays(30), Present)));

    /// <summary>With a client certificate that came from elsewhere.</summary>
    public TalosConnection With(TlsIdentity identity) => Connect(TalosCredentials.Cluster(_secrets.Os.Certificate, identity, Bench.Clock));

    /// <summary>Without a client certificate.</summary>
    public TalosConnection Insecure() => Connect(TalosCredentials.Maintenance(null));

    public int Count(LedgerKind kind) => Ledger.Count(entry => entry.Kind == kind);

    /// <summary>The call fails with the reason, and its message names the node.</summary>
    public static async Task<SlipwayException> Refused(FailureReason reason, Func<Task> call)
    {
        var error = await Assert.ThrowsAsync<SlipwayException>(call);
        Assert.True(reason == error.Reason, $"expected {reason}, found {error.Reason}: {error.Message}");
        Assert.StartsWith("cp1 (127.", error.Message, StringComparison.Ordinal);
        Assert.Equal("cp1", error.Node);
        return error;
    }

    /// <summary>Until the node has booted once more than <paramref name="boots"/> times and its API answers.</summary>
    public Task BackAfter(int boots) => Bench.Until(() => Count(LedgerKind.Booted) == boots + 1 && Node is { Api: ApiPresence.Cluster, Stage: MachineStage.Running });

    public async ValueTask DisposeAsync()
    {
        _connections.ForEach(connection => connection.Dispose());
        await Bench.DisposeAsync();
    }

    private static DateTimeOffset Present => TimeProvider.System.GetUtcNow();

    private ClientIdentity Mint(string role) => ClientIdentity.Mint(_secrets.Os, [role], TimeSpan.FromDays(30), Present);

    private TalosCredentials Cluster(ClientIdentity identity) =>
        TalosCredentials.Cluster(_secrets.Os.Certificate, TlsIdentity.FromPem(identity.Pair, "the test client"), Bench.Clock);

    private TalosConnection Connect(TalosCredentials credentials, string name = "cp1")
    {
        var target = new TalosTarget { Name = name, Host = Bench.Node(name).Plate.Address.ToString() };
        var connection = new TalosChannelFactory { ConnectTimeout = TimeSpan.FromSeconds(30) }.Connect(target, credentials);
        _connections.Add(connection);
        return connection;
    }
}
