namespace Slipway.Agent.Stake;

/// <summary>Who is in gossip at which address and with how much stake: one good answer, as a value.</summary>
internal sealed record StakeTable
{
    public static StakeTable Empty { get; } = new() { TakenAt = DateTimeOffset.UnixEpoch, Source = "", Stakes = [] };

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Where it comes from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Each address once, with the stake of all identities there together; the largest first.</summary>
    public required IReadOnlyList<StakedAddress> Stakes { get; init; }

    /// <summary>The node's own entry; null when no identity is configured or gossip does not know it.</summary>
    public OwnContact? Own { get; init; }

    /// <summary>Entries that were no keys, addresses or amounts and were passed over.</summary>
    public int Odd { get; init; }

    /// <summary>Addresses with stake.</summary>
    public int Staked => Stakes.Count(address => address.Lamports > 0);

    /// <summary>In the order of <see cref="Stakes"/>; where stake is equal, by the bytes of the address, so that the same cluster gives the same table.</summary>
    public static IReadOnlyList<StakedAddress> Sorted(IEnumerable<StakedAddress> addresses)
    {
        StakedAddress[] sorted = [.. addresses];
        Array.Sort(sorted, (one, other) => (other.Lamports, one.High, one.Low).CompareTo((one.Lamports, other.High, other.Low)));
        return sorted;
    }
}
