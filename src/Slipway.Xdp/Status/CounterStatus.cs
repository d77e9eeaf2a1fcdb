namespace Slipway.Xdp.Status;

/// <summary>One cell of the program's counters, all CPUs together, since the program's maps were made.</summary>
public sealed record CounterStatus
{
    public required PortRole Role { get; init; }

    public required PeerGroup Group { get; init; }

    public required Verdict Verdict { get; init; }

    public required Reason Reason { get; init; }

    public required ulong Packets { get; init; }

    /// <summary>Of whole frames; of a frame in several buffers that is not IP, the first.</summary>
    public required ulong Bytes { get; init; }
}
