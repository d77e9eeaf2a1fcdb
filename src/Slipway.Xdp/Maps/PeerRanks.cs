namespace Slipway.Xdp.Maps;

/// <summary>Which of several words about one address counts: the one that can do least harm by being right.</summary>
internal static class PeerRanks
{
    public static int RankOf(PeerClass peerClass) => peerClass switch
    {
        PeerClass.Operator => 6,
        PeerClass.Node => 5,
        PeerClass.Own => 4,
        PeerClass.Banned => 3,
        PeerClass.Staked => 2,
        PeerClass.Known => 1,
        _ => 0,
    };

    public static Peer Stronger(Peer left, Peer right)
    {
        var (leftRank, rightRank) = (RankOf(left.Class), RankOf(right.Class));
        return rightRank > leftRank || (rightRank == leftRank && right.Weight > left.Weight) ? right : left;
    }
}
