namespace Slipway.Xdp.Reference;

/// <summary>What the tables say of an address.</summary>
/// <param name="Class">Who it is.</param>
/// <param name="Weight">0 to 7: how often a stakeholder's own limit is doubled.</param>
public readonly record struct PeerMeta(PeerClass Class, int Weight = 0)
{
    /// <summary>Under which limits and counters it falls.</summary>
    public PeerGroup Group => GroupOf(Class);

    /// <summary>Unknown, known and staked sources have a group each, all others share one.</summary>
    public static PeerGroup GroupOf(PeerClass peerClass) => peerClass <= PeerClass.Staked ? (PeerGroup)peerClass : PeerGroup.Special;
}
