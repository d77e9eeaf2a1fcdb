namespace Slipway.Xdp.Reference;

/// <summary>
/// The filter once more, slowly: written from bpf/README.md and not from the program, it reads top to bottom (Inspection.*.cs,
/// in the order of the page). Tests hold the two against each other; `explain` prints its steps.
/// </summary>
/// <param name="tables">What the program was told.</param>
/// <param name="hook">Where the program hangs.</param>
public sealed class ReferenceFilter(FilterTables tables, Hook hook = Hook.Xdp)
{
    /// <summary>What becomes of a frame.</summary>
    /// <param name="frame">From the destination MAC on, without a check sequence.</param>
    /// <param name="readable">How many of its bytes the program can read: all but in a frame of several buffers.</param>
    /// <param name="buckets">What was let through so far; null to leave limits out.</param>
    /// <param name="tick">The clock, in jiffies.</param>
    public Judgement Judge(ReadOnlyMemory<byte> frame, int readable, Buckets? buckets, uint tick) =>
        new Inspection(tables, hook, frame, readable, buckets, tick, steps: null).Run();

    /// <summary>What becomes of a frame in one readable piece.</summary>
    public Judgement Judge(ReadOnlyMemory<byte> frame, Buckets? buckets = null, uint tick = 0) => Judge(frame, frame.Length, buckets, tick);

    /// <summary>What becomes of a frame when no limit is reached, and everything that was looked at to find out.</summary>
    public (Judgement Judgement, IReadOnlyList<ExplainStep> Steps) Explain(ReadOnlyMemory<byte> frame)
    {
        List<ExplainStep> steps = [];
        var judgement = new Inspection(tables, hook, frame, frame.Length, buckets: null, tick: 0, steps).Run();
        return (judgement, steps);
    }
}
