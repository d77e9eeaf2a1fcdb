using Slipway.Core.Secrets;
using Slipway.Core.Spec;

namespace Slipway.Core.MachineConfig.Rendering;

/// <summary>Everything that the config of one node follows from. The same request gives the same text, always.</summary>
public sealed record RenderRequest
{
    public required ClusterSpec Spec { get; init; }

    /// <summary>One of the spec's nodes.</summary>
    public required NodeSpec Node { get; init; }

    public required SecretsBundle Secrets { get; init; }

    /// <summary>The user's own config for the node's role, or null to generate one.</summary>
    public PatchSource? BaseConfig { get; init; }

    /// <summary>The user's patches: for every node, then by role, then the node's own. They come last and so they win.</summary>
    public IReadOnlyList<PatchSource> Patches { get; init; } = [];
}
