namespace Slipway.Xdp.Status;

/// <summary>How full the program's tables are.</summary>
public sealed record TableStatus
{
    public required int Peers { get; init; }

    /// <summary>Peers that found their set full and cost a second look.</summary>
    public required int Overflow { get; init; }

    public required int Prefixes { get; init; }

    /// <summary>Peers that there is room for.</summary>
    public required int Capacity { get; init; }

    /// <summary>Counts the replacements of the peer table.</summary>
    public required long Generation { get; init; }

    /// <summary>Part of the strangers' buckets that were charged within the last second, 0 to 1; null when it was not looked at.</summary>
    public double? BucketPressure { get; init; }
}
