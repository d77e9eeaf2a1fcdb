namespace Slipway.Core.Planning;

/// <summary>Nodes and cluster as they were seen at about one moment.</summary>
/// <param name="Nodes">By name in the spec; a node that was not asked is missing.</param>
/// <param name="Local">What lies in the state folder of this machine.</param>
public sealed record ObservedState(
    IReadOnlyDictionary<string, NodeObservation> Nodes, ClusterObservation Cluster, LocalObservation Local)
{
    public static ObservedState Nothing { get; } =
        new(new Dictionary<string, NodeObservation>(), ClusterObservation.Nothing, new LocalObservation());
}
