using System.Buffers.Binary;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>
/// Messages as Agave's gossip/src/protocol.rs lays them out: a little-endian tag of 4 bytes, then the fields. Keys and
/// signatures are random: nothing below the validator itself verifies them.
/// </summary>
internal static class GossipMessages
{
    public const uint PullRequestTag = 0, PullResponseTag = 1, PushTag = 2, PruneTag = 3, PingTag = 4, PongTag = 5;

    /// <summary>The most that a Solana datagram carries (PACKET_DATA_SIZE).</summary>
    public const int Longest = 1232;

    /// <summary>Tag, sender or token 32, token or hash 32, signature 64: 132 bytes.</summary>
    public static byte[] Ping(Dice dice) => Tagged(dice, PingTag, 132);

    public static byte[] Pong(Dice dice) => Tagged(dice, PongTag, 132);

    public static byte[] PullRequest(Dice dice, int length) => Tagged(dice, PullRequestTag, length);

    public static byte[] Push(Dice dice, int values, int length) => WithValues(dice, PushTag, values, length);

    public static byte[] PullResponse(Dice dice, int values, int length) => WithValues(dice, PullResponseTag, values, length);

    /// <summary>180 + 32 n bytes; the sender's key stands at 4 and once more at 36, in what is signed.</summary>
    public static byte[] Prune(Dice dice, int nodes)
    {
        var message = Tagged(dice, PruneTag, 180 + 32 * nodes);
        message.AsSpan(4, 32).CopyTo(message.AsSpan(36));
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(68), (ulong)nodes);
        return message;
    }

    /// <summary>A tag and noise.</summary>
    public static byte[] Tagged(Dice dice, uint tag, int length)
    {
        var message = dice.Bytes(length);
        BinaryPrimitives.WriteUInt32LittleEndian(message, tag);
        return message;
    }

    /// <summary>Tag, sender 32, count u64 at 36, values of at least 68 bytes from 44.</summary>
    private static byte[] WithValues(Dice dice, uint tag, int values, int length)
    {
        var message = Tagged(dice, tag, length);
        BinaryPrimitives.WriteUInt64LittleEndian(message.AsSpan(36), (ulong)values);
        return message;
    }
}
