using System.Collections.Concurrent;
using Slipway.Core.Planning;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Running;

/// <summary>What a run has seen so far. Written by the observer, read by phases.</summary>
public sealed class RunState
{
    public ConcurrentDictionary<string, NodeObservation> Nodes { get; } = new();

    public ClusterObservation Cluster { get; set; } = ClusterObservation.Nothing;

    public LocalObservation Local { get; set; } = new();

    /// <summary>The Kubernetes API, once there is a kubeconfig.</summary>
    public ICluster? Kubernetes { get; set; }

    /// <summary>When this run first saw a node boot without a CNI: Talos' boot limit counts from about here.</summary>
    public DateTimeOffset? FirstBoot { get; set; }

    /// <summary>Machines that were blank when the run began: what they could not tell is asked after their install.</summary>
    public HashSet<string> Blank { get; } = [];

    public ObservedState Snapshot() => new(new Dictionary<string, NodeObservation>(Nodes), Cluster, Local);
}
