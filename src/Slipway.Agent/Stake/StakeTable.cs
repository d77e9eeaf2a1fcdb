using System.Net;

namespace Slipway.Agent.Stake;

/// <summary>Who is in gossip at which address and with how much stake: one good answer, as a value.</summary>
internal sealed record StakeTable
{
    public static StakeTable Empty { get; } = new() { TakenAt = DateTimeOffset.UnixEpoch, Source = "", Lamports = new Dictionary<IPAddress, ulong>() };

    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>Where it comes from, for people.</summary>
    public required string Source { get; init; }

    /// <summary>Stake by address, of all identities there together; 0 for a node in gossip without enough of it.</summary>
    public required IReadOnlyDictionary<IPAddress, ulong> Lamports { get; init; }

    /// <summary>The node's own entry; null when no identity is configured or gossip does not know it.</summary>
    public OwnContact? Own { get; init; }

    /// <summary>Entries that were no keys, addresses or amounts and were passed over.</summary>
    public int Odd { get; init; }

    public int Staked => Lamports.Count(entry => entry.Value > 0);
}
