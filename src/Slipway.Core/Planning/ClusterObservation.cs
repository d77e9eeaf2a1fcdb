using System.Text.Json.Nodes;

namespace Slipway.Core.Planning;

/// <summary>What is true of the cluster as a whole. What could not be asked yet is null, not empty.</summary>
public sealed record ClusterObservation
{
    public static ClusterObservation Nothing { get; } = new();

    /// <summary>Null while no control-plane node serves etcd.</summary>
    public IReadOnlyList<EtcdMember>? Etcd { get; init; }

    /// <summary>True when the Kubernetes API says /readyz.</summary>
    public bool ApiReady { get; init; }

    /// <summary>Null while the Kubernetes API does not answer.</summary>
    public IReadOnlyList<KubernetesNode>? Nodes { get; init; }

    public ReleaseObservation? Release { get; init; }

    /// <summary>Live objects by <see cref="ManifestId"/>; absent ones are missing.</summary>
    public IReadOnlyDictionary<ManifestId, JsonObject> Objects { get; init; } = new Dictionary<ManifestId, JsonObject>();
}

/// <param name="Id">Hexadecimal, as etcdctl prints it.</param>
public sealed record EtcdMember(string Id, string Hostname, IReadOnlyList<string> PeerUrls, bool IsLearner);

/// <param name="InternalAddresses">InternalIP entries of the node's status.</param>
public sealed record KubernetesNode(string Name, bool Ready, string? NotReadyReason, string KubeletVersion, IReadOnlyList<string> InternalAddresses)
{
    /// <summary>Takes no new pods; also under somebody else's hand.</summary>
    public bool IsCordoned { get; init; }

    /// <summary>Carries our mark (see <see cref="Draining.CordonMark"/>), whether it is still cordoned or not.</summary>
    public bool IsCordonedByUs { get; init; }
}

/// <summary>A helm release as helm itself tells it.</summary>
/// <param name="Status"><c>deployed</c>, <c>failed</c>, <c>pending-install</c> …</param>
/// <param name="Chart">Name and version, such as <c>cilium-1.16.19</c>.</param>
/// <param name="Values">The values that a user supplied at the last upgrade.</param>
public sealed record ReleaseObservation(string Name, string Namespace, int Revision, string Status, string Chart, JsonObject Values);
