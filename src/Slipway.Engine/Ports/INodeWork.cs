using Slipway.Core.Planning.Draining;

namespace Slipway.Engine.Ports;

/// <summary>The work that Kubernetes puts on one node, and taking it away.</summary>
public interface INodeWork
{
    /// <summary>
    /// No new pods for the node, and our mark on it, in one change. A node that somebody else has cordoned is left as it is. May be repeated.
    /// </summary>
    Task<CordonOutcome> CordonAsync(string node, CancellationToken cancellationToken);

    /// <summary>Takes back what <see cref="CordonAsync"/> did. A node without our mark, or none of that name, is left as it is.</summary>
    Task UncordonAsync(string node, CancellationToken cancellationToken);

    /// <summary>All pods that are bound to the node.</summary>
    Task<IReadOnlyList<NodePod>> PodsAsync(string node, CancellationToken cancellationToken);

    /// <summary>Asks for the eviction of this very pod, which PodDisruptionBudgets may deny for now.</summary>
    /// <returns>Null when it is granted or the pod is gone; else why not now, in the server's words.</returns>
    Task<string?> EvictAsync(NodePod pod, CancellationToken cancellationToken);
}

public enum CordonOutcome
{
    /// <summary>By us: now, or in a run before.</summary>
    Ours,

    /// <summary>Somebody else had cordoned it.</summary>
    Foreign,

    /// <summary>Kubernetes has no node of that name.</summary>
    NoNode,
}
