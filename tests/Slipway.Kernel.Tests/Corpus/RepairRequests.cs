using System.Buffers.Binary;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Requests to serve-repair as Agave's core/src/repair/serve_repair.rs lays them out.</summary>
internal static class RepairRequests
{
    public const uint PongTag = 7;

    /// <summary>WindowIndex, HighestWindowIndex, Orphan, AncestorHashes: tag and length.</summary>
    public static IReadOnlyList<(uint Tag, int Length)> Kinds { get; } = [(8, 160), (9, 160), (10, 152), (11, 152)];

    /// <summary>Tag, signature 64, sender 32, recipient 32 at 100, time u64 in ms at 132, nonce u32 at 140, then what the kind has.</summary>
    public static byte[] Of(Dice dice, uint tag, int length, ReadOnlySpan<byte> recipient)
    {
        var request = GossipMessages.Tagged(dice, tag, length);
        recipient.CopyTo(request.AsSpan(100));
        BinaryPrimitives.WriteUInt64LittleEndian(request.AsSpan(132), 1_790_000_000_000);
        return request;
    }

    public static byte[] Pong(Dice dice) => GossipMessages.Tagged(dice, PongTag, 132);
}
