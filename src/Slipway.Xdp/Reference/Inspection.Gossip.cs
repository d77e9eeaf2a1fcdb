namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    /// <summary>The most that a Solana datagram carries (Agave's PACKET_DATA_SIZE).</summary>
    private const int LongestDatagram = 1232;

    private const uint PullRequest = 0, PullResponse = 1, Push = 2, Prune = 3, Ping = 4, Pong = 5;
    private const int PingLength = 132;

    /// <summary>Layouts: Agave, gossip/src/protocol.rs; sizes: Firedancer, gossip/fd_gossip_message.h.</summary>
    private Reason? Gossip(int at, int length)
    {
        if (!Is(length is >= 4 and <= LongestDatagram, at, "gossip message", $"{length} bytes", $"4 to {LongestDatagram}"))
        {
            return Reason.GossipSize;
        }

        if (!Sees(at, 4))
        {
            return null;
        }

        var tag = LittleDoubleWord(at);
        if (!Is(tag <= Pong, at, "gossip tag", $"{tag}", $"0 to {Pong}"))
        {
            return Reason.GossipTag;
        }

        return tag switch
        {
            PullRequest => null,
            PullResponse => GossipValues(at, length, shortest: 161),
            Push => GossipValues(at, length, shortest: 44),
            Prune => GossipPrune(at, length),
            _ => Is(length == PingLength, at, "ping or pong", $"{length} bytes", $"{PingLength}") ? null : Reason.GossipSize,
        };
    }

    /// <summary>Tag, sender's key, count at 36, values of at least 68 bytes from 44.</summary>
    private Reason? GossipValues(int at, int length, int shortest)
    {
        if (!Is(length >= shortest, at, "gossip message with values", $"{length} bytes", $"at least {shortest}"))
        {
            return Reason.GossipSize;
        }

        if (!Sees(at + 36, 8))
        {
            return null;
        }

        var count = LittleQuadWord(at + 36);
        if (!Is(count <= 17, at + 36, "values", $"{count}", $"at most 17"))
        {
            return Reason.GossipCount;
        }

        var needed = 44 + 68 * (int)count;
        return Is(length >= needed, at, "gossip message with values", $"{length} bytes", $"at least {needed} for {count} values") ? null : Reason.GossipSize;
    }

    /// <summary>Tag, sender's key, the same key as it is signed, count at 68, keys; signature, destination, wall clock.</summary>
    private Reason? GossipPrune(int at, int length)
    {
        if (!Is(length >= 180, at, "prune", $"{length} bytes", $"at least 180"))
        {
            return Reason.GossipSize;
        }

        if (!Sees(at + 68, 8))
        {
            return null;
        }

        var count = LittleQuadWord(at + 68);
        if (!Is(count <= 32, at + 68, "pruned nodes", $"{count}", $"at most 32"))
        {
            return Reason.GossipCount;
        }

        var exact = 180 + 32 * (int)count;
        if (!Is(length == exact, at, "prune", $"{length} bytes", $"{exact} for {count} nodes"))
        {
            return Reason.GossipSize;
        }

        return Is(Bytes(at + 4, 32).SequenceEqual(Bytes(at + 36, 32)), at + 36, "pruning node", $"{Convert.ToHexString(Bytes(at + 36, 32))}", $"as at {at + 4}")
            ? null
            : Reason.GossipOrigin;
    }
}
