using System.Buffers.Binary;

namespace Slipway.Xdp.Maps;

/// <summary>The program's hash of a source (bpf/README.md, "The hash"). The salt is random a boot, so that nobody can aim at a set.</summary>
internal readonly record struct PeerHash(ulong Salt, ulong Factor)
{
    public ulong Of(AddressKey address)
    {
        if (address.IsIpv4)
        {
            return Fold(BinaryPrimitives.ReverseEndianness((uint)address.Bits) ^ Salt);
        }

        var near = Fold(BinaryPrimitives.ReverseEndianness((ulong)(address.Bits >> 64)) ^ Salt);
        return Fold(near ^ BinaryPrimitives.ReverseEndianness((ulong)address.Bits));
    }

    private ulong Fold(ulong word)
    {
        var mixed = unchecked(word * Factor);
        return mixed ^ mixed >> 32;
    }
}
