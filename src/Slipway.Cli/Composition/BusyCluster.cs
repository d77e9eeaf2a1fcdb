using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Engine.Ports;
using Slipway.Rehearsal;

namespace Slipway.Cli.Composition;

/// <summary>One API of <see cref="BusyClusters"/>.</summary>
internal sealed class BusyCluster(ICluster cluster, VirtualClock clock) : ICluster
{
    public async Task<string?> NotReadyReasonAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.NotReadyReasonAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<KubernetesNode>> NodesAsync(CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.NodesAsync(cancellationToken);
    }

    public async Task<JsonObject?> GetAsync(ManifestId id, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.GetAsync(id, cancellationToken);
    }

    public async Task<JsonObject> ApplyAsync(Manifest manifest, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.ApplyAsync(manifest, cancellationToken);
    }

    public async Task<IReadOnlyList<Workload>> WorkloadsAsync(string ns, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.WorkloadsAsync(ns, cancellationToken);
    }

    public async Task<CordonOutcome> CordonAsync(string node, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.CordonAsync(node, cancellationToken);
    }

    public async Task UncordonAsync(string node, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        await cluster.UncordonAsync(node, cancellationToken);
    }

    public async Task<IReadOnlyList<NodePod>> PodsAsync(string node, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.PodsAsync(node, cancellationToken);
    }

    public async Task<string?> EvictAsync(NodePod pod, CancellationToken cancellationToken)
    {
        using var busy = clock.Busy();
        return await cluster.EvictAsync(pod, cancellationToken);
    }

    public void Dispose() => cluster.Dispose();
}
