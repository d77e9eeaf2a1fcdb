using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Adapters;
using Slipway.Talos.Connections;

namespace Slipway.Tests.Talos.Server;

/// <summary>A fleet with one node, which is the fake server.</summary>
internal sealed class FleetOf : IAsyncDisposable
{
    private readonly TalosFleet _fleet;

    public FleetOf(int port, PemPair? identity = null, string? fingerprint = null, TimeSpan? deadline = null)
    {
        var pair = identity ?? TestPki.Cluster.EcdsaClient("os:admin");
        _fleet = new TalosFleet(
            TestPki.Time,
            TestPki.Cluster.Ca.Certificate,
            () => pair,
            new TalosChannelFactory { Deadlines = method => deadline ?? RpcDeadlines.Of(method) });
        Node = _fleet.Node(new NodeSpec
        {
            Name = "cp-1",
            Address = "127.0.0.1",
            Port = port,
            Role = NodeRole.ControlPlane,
            Install = new InstallSpec { Disk = "/dev/vda" },
            MaintenanceFingerprint = fingerprint,
        });
    }

    public ITalosNode Node { get; }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();
}
