namespace Slipway.Xdp.Status;

/// <summary>What the agent knows of stake, and since when.</summary>
public sealed record StakeStatus
{
    public required string Source { get; init; }

    /// <summary>Null before the first good answer, and left out of the file then.</summary>
    public double? AgeSeconds { get; init; }

    /// <summary>Addresses with stake.</summary>
    public required int Staked { get; init; }

    /// <summary>Addresses in gossip without enough of it.</summary>
    public required int Known { get; init; }

    /// <summary>0 when the node's own contact is not known.</summary>
    public required int ShredVersion { get; init; }

    public required long Refreshes { get; init; }

    public required long Failures { get; init; }

    /// <summary>Why the newest attempt failed; null when it did not.</summary>
    public string? LastError { get; init; }
}
