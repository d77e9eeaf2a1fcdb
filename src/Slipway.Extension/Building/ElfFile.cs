using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Slipway.Extension.Building;

/// <summary>What the head of an ELF file tells of it (System V ABI, chapter 4); 64-bit little-endian files only, as ours are.</summary>
/// <param name="Machine">One of <see cref="Bpf"/>, <see cref="X64"/>, <see cref="Arm64"/>, or another number.</param>
/// <param name="NeedsInterpreter">It names a dynamic loader, which has to be at hand where it runs.</param>
internal sealed record ElfFile(ushort Machine, bool NeedsInterpreter)
{
    public const ushort X64 = 62;
    public const ushort Arm64 = 183;
    public const ushort Bpf = 247;

    private const uint ProgramHeaderInterpreter = 3;

    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out ElfFile? elf)
    {
        elf = null;
        if (file.Length < 64 || !file.StartsWith("\u007fELF"u8) || file[4] != 2 || file[5] != 1)
        {
            return false;
        }

        var table = BinaryPrimitives.ReadUInt64LittleEndian(file[32..]);
        var (size, count) = (BinaryPrimitives.ReadUInt16LittleEndian(file[54..]), BinaryPrimitives.ReadUInt16LittleEndian(file[56..]));
        if (count > 0 && (size < 4 || table > (ulong)file.Length || (ulong)file.Length - table < (ulong)size * count))
        {
            return false;
        }

        var interpreter = false;
        for (var i = 0; i < count; i++)
        {
            interpreter |= BinaryPrimitives.ReadUInt32LittleEndian(file[((int)table + (i * size))..]) == ProgramHeaderInterpreter;
        }

        elf = new ElfFile(BinaryPrimitives.ReadUInt16LittleEndian(file[18..]), interpreter);
        return true;
    }
}
