using Slipway.Core.Versions;

namespace Slipway.Core.Spec;

/// <summary>What <see cref="SpecWriter"/> writes a cluster.yaml from: choices of the operator and what the nodes said.</summary>
public sealed record SpecDraft
{
    /// <summary>Name of the cluster.</summary>
    public required string Name { get; init; }

    /// <summary><c>https://host:port</c>, or null for the first control plane on port 6443.</summary>
    public string? Endpoint { get; init; }

    public required ReleaseVersion Talos { get; init; }

    public required ReleaseVersion Kubernetes { get; init; }

    /// <summary>Where operators sit; empty leaves the key for them to fill in.</summary>
    public IReadOnlyList<string> OperatorCidrs { get; init; } = [];

    public required IReadOnlyList<DraftNode> Nodes { get; init; }
}
