using System.Buffers.Binary;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Shreds as Agave's ledger/src/shred.rs and Firedancer's fd_shred.h lay them out.</summary>
internal static class Shreds
{
    public const int DataLength = 1203, CodeLength = 1228, NonceLength = 4;

    /// <summary>The high nibbles of the six Merkle variants: the first three carry code.</summary>
    public static IReadOnlyList<int> Variants { get; } = [4, 6, 7, 8, 9, 0xB];

    public static bool IsCode(int variant) => variant < 8;

    public static int LengthOf(int variant) => IsCode(variant) ? CodeLength : DataLength;

    /// <summary>Signature 64, variant, slot u64, index u32, version u16, erasure set u32, then what the variant has.</summary>
    /// <param name="variant">The high nibble at 0x40; the low one is the height of the Merkle proof.</param>
    /// <param name="length">The variant's own length when not given.</param>
    public static byte[] Of(Dice dice, int variant, ushort version, uint index = 77, int? length = null)
    {
        var shred = dice.Bytes(length ?? LengthOf(variant));
        shred[0x40] = (byte)(variant << 4 | 6);
        BinaryPrimitives.WriteUInt64LittleEndian(shred.AsSpan(0x41), 350_000_000);
        BinaryPrimitives.WriteUInt32LittleEndian(shred.AsSpan(0x49), index);
        BinaryPrimitives.WriteUInt16LittleEndian(shred.AsSpan(0x4D), version);
        BinaryPrimitives.WriteUInt32LittleEndian(shred.AsSpan(0x4F), index / 32 * 32);
        return shred;
    }
}
