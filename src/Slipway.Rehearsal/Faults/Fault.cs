namespace Slipway.Rehearsal;

/// <summary>A fault on order. <see cref="FaultText.Parse"/> reads the short form of the command line.</summary>
public sealed record Fault
{
    public required FaultKind Kind { get; init; }

    /// <summary>The node's name; null for every node, or where no node is meant (<see cref="FaultKind.ApiAway"/>).</summary>
    public string? Node { get; init; }

    /// <summary>For the cuts: the method's name without its service, such as <c>ApplyConfiguration</c>; null for any.</summary>
    public string? Method { get; init; }

    /// <summary>For the cuts: how many calls are let through first, on each node: later phases of a run are struck that way.</summary>
    public int Skip { get; init; }

    /// <summary>For the cuts: how many calls are struck, on each node.</summary>
    public int Times { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.Slow"/>.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>For <see cref="FaultKind.ApiAway"/>: virtual time that the API is away.</summary>
    public TimeSpan Away { get; init; }

    /// <summary>For <see cref="FaultKind.ApiAway"/>: virtual time between the API's first appearance (or the phase's beginning, if that is later) and its going away.</summary>
    public TimeSpan After { get; init; }

    /// <summary>For <see cref="FaultKind.File"/>: absolute path on the node.</summary>
    public string? Path { get; init; }

    /// <summary>For <see cref="FaultKind.File"/>: null takes the file away.</summary>
    public string? Content { get; init; }

    /// <summary>For <see cref="FaultKind.Ailment"/>.</summary>
    public Ailment? Ailment { get; init; }

    /// <summary>The phase of the run, by its id, as which begins the fault strikes; null when it lies in wait from the start.</summary>
    public string? Phase { get; init; }

    /// <summary>Whether the fault is meant for the node of this name.</summary>
    internal bool Strikes(FaultKind kind, string node) => Kind == kind && (Node is null || Node == node);
}
