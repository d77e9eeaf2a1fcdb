using System.Net;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Tests.Rehearsal.Nodes;

/// <summary>Rehearsed nodes without any network: the bare state machines in leaping time.</summary>
internal sealed class NodeBench : IDisposable
{
    private readonly LedgerState _ledger;

    public NodeBench(string talos, int nodes = 1, params Fault[] faults)
    {
        Clock = VirtualClock.Leaping();
        _ledger = new LedgerState(Clock, null);
        World = new World(Clock, _ledger, new FaultsState(faults), () => Kubernetes);
        Nodes = [.. Enumerable.Range(0, nodes).Select(i => new RehearsedNode(World, new NodePlate(
            $"n{i + 1}", i, NodeRole.ControlPlane, IPAddress.Parse($"127.0.0.{i + 1}"), NodeHardware.Of(i), ReleaseVersion.Parse(talos))))];
        foreach (var node in Nodes)
        {
            node.PowerOn();
        }
    }

    public VirtualClock Clock { get; }

    public World World { get; }

    public FakeKubernetes Kubernetes { get; } = new();

    public IReadOnlyList<RehearsedNode> Nodes { get; }

    public RehearsedNode Node => Nodes[0];

    public IReadOnlyList<LedgerEntry> Ledger => _ledger.Entries;

    public int Count(LedgerKind kind, string node = "n1") => Ledger.Count(entry => entry.Kind == kind && entry.Node == node);

    /// <summary>Applies in mode AUTO and lets the node go through install and boot until its API answers under the cluster's certificates.</summary>
    public async Task Configure(RehearsedNode node, string config)
    {
        node.Apply(config, ApplyMode.Auto, dryRun: false, trial: null, admin: false);
        await Until(() => node.Api == ApiPresence.Cluster && node.Services.Any(service => service.Id == "kubelet" && service.IsUp) && node.Disk.IsInstalled);
    }

    public async Task Until(Func<bool> condition, TimeSpan? atMost = null)
    {
        var limit = Clock.Elapsed + (atMost ?? TimeSpan.FromMinutes(20));
        while (!Locked(condition))
        {
            Assert.True(Clock.Elapsed < limit, $"did not come about within {atMost ?? TimeSpan.FromMinutes(20)}:\n{string.Join('\n', Ledger)}");
            await Pass(TimeSpan.FromSeconds(1));
        }
    }

    public Task Pass(TimeSpan time) => Task.Delay(time, Clock, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        Clock.Dispose();
        _ledger.Dispose();
    }

    private bool Locked(Func<bool> condition)
    {
        lock (World.Gate)
        {
            return condition();
        }
    }
}
