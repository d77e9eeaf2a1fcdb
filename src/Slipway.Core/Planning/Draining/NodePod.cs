namespace Slipway.Core.Planning.Draining;

/// <summary>A pod on a node, as far as it matters to whoever wants the node empty.</summary>
public sealed record NodePod
{
    public required string Namespace { get; init; }

    public required string Name { get; init; }

    public required string Uid { get; init; }

    /// <summary>Kind of the controller that makes it again elsewhere; null when nobody does.</summary>
    public string? Owner { get; init; }

    /// <summary>Stands for a static pod, which belongs to the node and not to the API.</summary>
    public bool IsMirror { get; init; }

    public bool HasEmptyDir { get; init; }

    /// <summary>Succeeded or Failed: it has nothing to lose.</summary>
    public bool IsFinished { get; init; }

    public bool IsTerminating { get; init; }

    public override string ToString() => $"{Namespace}/{Name}";
}
