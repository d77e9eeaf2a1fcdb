using System.Buffers.Binary;
using Slipway.Xdp;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Segments in sound IP packets that no peer sends.</summary>
internal static class BadLetters
{
    public static IEnumerable<Letter> All(Dice dice) =>
        [.. GossipOf(dice), .. ShredsOf(dice), .. RepairOf(dice), .. QuicOf(dice), .. TransactionsOf(dice), .. Segments(dice)];

    /// <summary>Every length that a message could be cut or stretched to, the IP and UDP headers agreeing.</summary>
    public static IEnumerable<Letter> WrongLengths(Dice dice)
    {
        var prune = GossipMessages.Prune(dice, 3);
        var pull = GossipMessages.PullResponse(dice, 17, GossipMessages.Longest);
        var shred = Shreds.Of(dice, 8, World.ShredVersion, length: 1300);
        var request = RepairRequests.Of(dice, 8, 300, World.Identity);
        var initial = QuicPackets.Initial(dice, 1252);
        for (var length = 0; length < 1300; length++)
        {
            if (length is not 132)
            {
                yield return Letter.Udp($"ping of {length} bytes", World.Gossip, GossipMessages.Tagged(dice, 4, 1300)[..length], Reason.GossipSize);
            }

            if (length is < 1200 or > 1232)
            {
                yield return Letter.Udp($"shred of {length} bytes", World.Tvu, shred[..length], Reason.ShredSize);
            }

            if (length < pull.Length)
            {
                yield return Letter.Udp($"pull response cut to {length}", World.Gossip, pull[..length], length < 44 + 68 * 17 ? Reason.GossipSize : Reason.Accepted);
            }

            if (length < prune.Length)
            {
                yield return Letter.Udp($"prune cut to {length}", World.Gossip, prune[..length], Reason.GossipSize);
            }

            if (length is < 300 and not 160)
            {
                yield return Letter.Udp($"repair request cut to {length}", World.ServeRepair, request[..length], Reason.RepairSize);
            }

            if (length < 1200)
            {
                yield return Letter.Udp($"Initial cut to {length}", World.TpuQuic, initial[..length], length < 21 ? Reason.QuicHeader : Reason.QuicInitialSize);
            }
        }
    }

    private static IEnumerable<Letter> GossipOf(Dice dice)
    {
        foreach (var tag in new uint[] { 6, 7, 255, 256, 0x01000000, uint.MaxValue })
        {
            yield return Letter.Udp($"gossip tag {tag}", World.Gossip, GossipMessages.Tagged(dice, tag, 132), Reason.GossipTag);
        }

        foreach (var values in new[] { 18, 255, int.MaxValue })
        {
            yield return Letter.Udp($"push of {values} values", World.Gossip, GossipMessages.Push(dice, values, GossipMessages.Longest), Reason.GossipCount);
        }

        yield return Letter.Udp("push with more values than fit", World.Gossip, GossipMessages.Push(dice, 5, 44 + 68 * 5 - 1), Reason.GossipSize);
        yield return Letter.Udp("push of 2^32 values", World.Gossip, HighCount(GossipMessages.Push(dice, 0, 1000), 36), Reason.GossipCount);
        yield return Letter.Udp("prune of 2^32 nodes", World.Gossip, HighCount(GossipMessages.Prune(dice, 0), 68), Reason.GossipCount);
        yield return Letter.Udp("prune of 33 nodes", World.Gossip, GossipMessages.Prune(dice, 33)[..1232], Reason.GossipCount);
        yield return Letter.Udp("message of 1233 bytes", World.Gossip, GossipMessages.PullRequest(dice, 1233), Reason.GossipSize);
        for (var at = 4; at < 36; at++)
        {
            var prune = GossipMessages.Prune(dice, 2);
            prune[at] ^= 0x80;
            yield return Letter.Udp($"prune by another, byte {at}", World.Gossip, prune, Reason.GossipOrigin);
        }
    }

    private static IEnumerable<Letter> ShredsOf(Dice dice)
    {
        foreach (var variant in new[] { 0, 1, 2, 3, 0xC, 0xD, 0xE, 0xF })
        {
            yield return Letter.Udp($"shred {variant:X}", World.Tvu, Shreds.Of(dice, variant, World.ShredVersion), Reason.ShredVariant);
            yield return Letter.Udp($"repaired shred {variant:X}", World.Repair, Shreds.Of(dice, variant, World.ShredVersion), Reason.ShredVariant);
        }

        foreach (var index in new uint[] { 32768, 0x10000, uint.MaxValue })
        {
            yield return Letter.Udp($"shred with index {index}", World.Tvu, Shreds.Of(dice, 8, World.ShredVersion, index), Reason.ShredIndex);
        }

        foreach (var version in new ushort[] { 0, World.ShredVersion + 1, World.ShredVersion ^ 0x100 })
        {
            yield return Letter.Udp($"shred of version {version}", World.Tvu, Shreds.Of(dice, 4, version), Reason.ShredVersion);
            yield return Letter.Udp($"repaired shred of version {version}", World.Repair, Shreds.Of(dice, 4, version), Reason.ShredVersion);
        }
    }

    private static IEnumerable<Letter> RepairOf(Dice dice)
    {
        foreach (var tag in new uint[] { 0, 1, 6, 15, 0x08000000, uint.MaxValue })
        {
            yield return Letter.Udp($"repair tag {tag}", World.ServeRepair, RepairRequests.Of(dice, tag, 160, World.Identity), Reason.RepairTag);
        }

        yield return Letter.Udp("repair ping with a tag", World.Repair, GossipMessages.Tagged(dice, 1, 132), Reason.RepairTag);
        foreach (var (tag, length) in RepairRequests.Kinds)
        {
            yield return Letter.Udp($"repair request {tag} to nobody here", World.ServeRepair, RepairRequests.Of(dice, tag, length, dice.Bytes(32)), Reason.RepairRecipient);
        }

        for (var at = 0; at < 32; at++)
        {
            byte[] recipient = [.. World.Identity];
            recipient[at] ^= 1;
            yield return Letter.Udp($"repair request to another, byte {at}", World.ServeRepair, RepairRequests.Of(dice, 9, 160, recipient), Reason.RepairRecipient);
        }
    }

    private static IEnumerable<Letter> QuicOf(Dice dice)
    {
        yield return Letter.Udp("empty datagram to QUIC", World.TpuQuic, [], Reason.QuicHeader);
        yield return Letter.Udp("negotiation to a server", World.TpuQuic, QuicPackets.VersionNegotiation(dice, 1200), Reason.QuicHeader);
        yield return Letter.Udp("long header of 20 bytes", World.Quic, QuicPackets.Handshake(dice, 20), Reason.QuicHeader);
    }

    private static IEnumerable<Letter> TransactionsOf(Dice dice)
    {
        yield return Letter.Udp("empty datagram to the TPU", World.Tpu, [], Reason.Transaction);
        yield return Letter.Udp("transaction without signatures", World.Tpu, [0, .. dice.Bytes(200)], Reason.Transaction);
        yield return Letter.Udp("vote shorter than its signatures", World.Vote, Transactions.Vote(dice, 3)[..(36 + 64 * 3 - 1)], Reason.Transaction);
        yield return Letter.Udp("transaction of 1233 bytes", World.Tpu, Transactions.Vote(dice, 1, 1233), Reason.Transaction);
    }

    private static IEnumerable<Letter> Segments(Dice dice)
    {
        const TcpFlags Christmas = TcpFlags.Fin | TcpFlags.Psh | TcpFlags.Urg;
        foreach (var flags in new[] { TcpFlags.None, Christmas, TcpFlags.Fin, TcpFlags.Syn | TcpFlags.Fin, TcpFlags.Syn | TcpFlags.Rst, TcpFlags.Syn | TcpFlags.Fin | TcpFlags.Ack })
        {
            yield return Letter.Tcp($"TCP flags {flags}", World.Rpc, flags, [], Reason.TcpFlags);
        }

        for (var words = 0; words < 5; words++)
        {
            yield return Letter.Tcp($"TCP header of {words} words", World.Rpc, TcpFlags.Ack, dice.Bytes(20), Reason.L4Length, headerWords: words);
        }

        yield return Letter.Tcp("TCP header beyond the packet", World.Rpc, TcpFlags.Ack, dice.Bytes(3), Reason.L4Length, headerWords: 6);
        foreach (var port in new ushort[] { 1, 53, 123, 389, 1023 })
        {
            yield return FromPort(Letter.Udp($"ping from port {port}", World.Gossip, GossipMessages.Ping(dice), Reason.SourcePort), port);
        }

        yield return FromPort(Letter.Udp("ping from port 1024", World.Gossip, GossipMessages.Ping(dice)), 1024);
        yield return FromPort(Letter.Udp("ping from port 11211", World.Gossip, GossipMessages.Ping(dice)), 11211);
        yield return FromPort(Letter.Udp("ping from port 0", World.Gossip, GossipMessages.Ping(dice), Reason.PortZero), 0);
        yield return FromPort(Letter.Tcp("SYN from port 0", World.Rpc, TcpFlags.Syn, [], Reason.PortZero), 0);
        foreach (var length in new[] { 0, 7, 8 + 133, 65535 })
        {
            var ping = GossipMessages.Ping(dice);
            yield return new Letter(new Parcel($"ping with UDP length {length}", Headers.Udp, World.Gossip, flow => Headers.UdpTo(flow, ping, length)), PortRole.Gossip, Reason.L4Length);
        }

        for (var rest = 4; rest < 20; rest++)
        {
            var kept = rest;
            yield return new Letter(new Parcel($"{rest} bytes of TCP", Headers.Tcp, World.Rpc, flow => Headers.TcpTo(flow, TcpFlags.Syn, [])[..kept]), PortRole.Rpc, Reason.L4Length);
        }

        for (var rest = 4; rest < 8; rest++)
        {
            var kept = rest;
            yield return new Letter(new Parcel($"{rest} bytes of UDP", Headers.Udp, World.Gossip, flow => Headers.UdpTo(flow, [])[..kept]), PortRole.Gossip, Reason.L4Length);
        }
    }

    private static Letter FromPort(Letter letter, ushort port) =>
        letter with { Parcel = letter.Parcel with { Segment = flow => letter.Parcel.Segment(flow with { SourcePort = port }) } };

    /// <summary>A count whose low half is as it was: whoever reads 32 bits of it is fooled.</summary>
    private static byte[] HighCount(byte[] message, int at)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(at + 4), 1);
        return message;
    }
}
