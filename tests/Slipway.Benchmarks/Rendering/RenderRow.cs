namespace Slipway.Benchmarks.Rendering;

/// <summary>Every config worked out from the spec, and compared with another one for the same node.</summary>
/// <param name="ColdRenderSeconds">The first time in a process, as an operator's command has it.</param>
/// <param name="RenderSeconds">Median of the later times.</param>
/// <param name="DiffSeconds">The same for the differences; each node has some.</param>
/// <param name="CpuSeconds">Of one rendering and one diff, warm.</param>
/// <param name="AllocatedBytes">By one rendering and one diff.</param>
/// <param name="HeldBytes">Live after it: the configs and the changes.</param>
internal sealed record RenderRow(
    int Nodes,
    double ColdRenderSeconds,
    double ColdDiffSeconds,
    double RenderSeconds,
    double DiffSeconds,
    double CpuSeconds,
    long AllocatedBytes,
    long HeldBytes,
    int Changes);
