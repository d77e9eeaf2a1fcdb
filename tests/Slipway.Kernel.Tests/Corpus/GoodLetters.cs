using Slipway.Xdp;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Everything that a Solana node receives when nobody means it harm.</summary>
internal static class GoodLetters
{
    public static IEnumerable<Letter> All(Dice dice) =>
    [
        .. GossipMessagesOf(dice),
        .. ShredsOf(dice),
        .. RepairOf(dice),
        .. QuicOf(dice),
        .. TransactionsOf(dice),
        .. Connections(dice),
        Letter.Udp("anything to a guarded port", World.Guarded, dice.Bytes(300)),
        Letter.Udp("an empty datagram to a guarded port", World.Guarded, []),
    ];

    private static IEnumerable<Letter> GossipMessagesOf(Dice dice)
    {
        yield return Letter.Udp("ping", World.Gossip, GossipMessages.Ping(dice));
        yield return Letter.Udp("pong", World.Gossip, GossipMessages.Pong(dice));
        for (var values = 1; values <= 17; values++)
        {
            yield return Letter.Udp($"push of {values} smallest values", World.Gossip, GossipMessages.Push(dice, values, 44 + 68 * values));
            yield return Letter.Udp($"push of {values} values", World.Gossip, GossipMessages.Push(dice, values, GossipMessages.Longest));
            yield return Letter.Udp($"pull response of {values} values", World.Gossip, GossipMessages.PullResponse(dice, values, Math.Max(161, 44 + 68 * values)));
        }

        foreach (var length in new[] { 180, 290, 700, GossipMessages.Longest })
        {
            yield return Letter.Udp($"pull request of {length} bytes", World.Gossip, GossipMessages.PullRequest(dice, length));
        }

        for (var nodes = 0; nodes <= 32; nodes++)
        {
            yield return Letter.Udp($"prune of {nodes} nodes", World.Gossip, GossipMessages.Prune(dice, nodes));
        }
    }

    private static IEnumerable<Letter> ShredsOf(Dice dice)
    {
        foreach (var variant in Shreds.Variants)
        {
            foreach (var index in new uint[] { 0, 77, 32767 })
            {
                yield return Letter.Udp($"shred {variant:X}, index {index}", World.Tvu, Shreds.Of(dice, variant, World.ShredVersion, index));
            }

            var length = Shreds.LengthOf(variant) + Shreds.NonceLength;
            yield return Letter.Udp($"repaired shred {variant:X}", World.Repair, Shreds.Of(dice, variant, World.ShredVersion, length: length));
        }
    }

    private static IEnumerable<Letter> RepairOf(Dice dice)
    {
        yield return Letter.Udp("ping of a repair server", World.Repair, GossipMessages.Tagged(dice, 0, 132));
        yield return Letter.Udp("pong to the repair server", World.ServeRepair, RepairRequests.Pong(dice));
        foreach (var (tag, length) in RepairRequests.Kinds)
        {
            yield return Letter.Udp($"repair request {tag}", World.ServeRepair, RepairRequests.Of(dice, tag, length, World.Identity));
        }

        foreach (var (tag, length) in new (uint, int)[] { (12, 184), (13, 188), (14, 220) })
        {
            yield return Letter.Udp($"newer repair request {tag}", World.ServeRepair, RepairRequests.Of(dice, tag, length, World.Identity));
        }
    }

    private static IEnumerable<Letter> QuicOf(Dice dice)
    {
        foreach (var length in new[] { 1200, 1232, 1252 })
        {
            yield return Letter.Udp($"Initial of {length} bytes", World.TpuQuic, QuicPackets.Initial(dice, length));
        }

        yield return Letter.Udp("Initial of an unknown version", World.TpuQuic, QuicPackets.Long(dice, type: 0, 1200, version: 0x6B3343CF));
        yield return Letter.Udp("0-RTT", World.TpuQuic, QuicPackets.ZeroRtt(dice, 600), Reason.Established);
        yield return Letter.Udp("Handshake", World.TpuQuic, QuicPackets.Handshake(dice, 80), Reason.Established);
        yield return Letter.Udp("short header", World.TpuQuic, QuicPackets.Short(dice, 40), Reason.Established);
        yield return Letter.Udp("short header of one byte", World.TpuQuic, QuicPackets.Short(dice, 1), Reason.Established);
        yield return Letter.Udp("negotiation to one who dialled", World.Quic, QuicPackets.VersionNegotiation(dice, 60), Reason.Established);
        yield return Letter.Udp("a server's short Initial to one who dialled", World.Quic, QuicPackets.Initial(dice, 150));
    }

    private static IEnumerable<Letter> TransactionsOf(Dice dice)
    {
        foreach (var signatures in new[] { 1, 2, 12 })
        {
            yield return Letter.Udp($"vote with {signatures} signatures", World.Vote, Transactions.Vote(dice, signatures));
            yield return Letter.Udp($"transaction with {signatures} signatures", World.Tpu, Transactions.Vote(dice, signatures, GossipMessages.Longest));
        }
    }

    private static IEnumerable<Letter> Connections(Dice dice)
    {
        const TcpFlags Sync = TcpFlags.Syn, Data = TcpFlags.Psh | TcpFlags.Ack;
        foreach (var port in new[] { World.Rpc, World.PubSub, World.Gossip })
        {
            yield return Letter.Tcp($"SYN to {port}", port, Sync, [], Reason.Accepted, optionWords: 5);
            yield return Letter.Tcp($"SYN with ECN to {port}", port, Sync | TcpFlags.Ece | TcpFlags.Cwr, [], Reason.Accepted, optionWords: 10);
            yield return Letter.Tcp($"ACK to {port}", port, TcpFlags.Ack, [], Reason.Established);
            yield return Letter.Tcp($"request to {port}", port, Data, dice.Bytes(400), Reason.Established, optionWords: 3);
            yield return Letter.Tcp($"keepalive to {port}", port, TcpFlags.Ack, [0], Reason.Established);
            yield return Letter.Tcp($"FIN to {port}", port, TcpFlags.Fin | TcpFlags.Ack, [], Reason.Established);
            yield return Letter.Tcp($"RST to {port}", port, TcpFlags.Rst, [], Reason.Established);
            yield return Letter.Tcp($"RST with ACK to {port}", port, TcpFlags.Rst | TcpFlags.Ack, [], Reason.Established);
        }

        yield return Letter.Tcp("fast open", World.Rpc, Sync, dice.Bytes(100), Reason.Accepted, optionWords: 5);
        yield return Letter.Tcp("SYN with ACK", World.Rpc, TcpFlags.Syn | TcpFlags.Ack, [], Reason.Established, optionWords: 5);
    }
}
