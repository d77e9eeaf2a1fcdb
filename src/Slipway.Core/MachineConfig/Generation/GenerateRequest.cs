using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>What a base config is generated from; the same for all nodes of one role.</summary>
public sealed record GenerateRequest
{
    /// <summary>The Talos version of the node, which decides the dialect: 1.10 to 1.14.</summary>
    public required ReleaseVersion Talos { get; init; }

    public required NodeRole Role { get; init; }

    public required string ClusterName { get; init; }

    /// <summary>The Kubernetes API: <c>https://host:port</c>.</summary>
    public required Uri Endpoint { get; init; }

    public required ReleaseVersion Kubernetes { get; init; }

    public required NetworkSpec Network { get; init; }

    public required SecretsBundle Secrets { get; init; }
}
