using System.Buffers.Binary;

namespace Slipway.Xdp.Reference;

/// <summary>By which sources share buckets: random numbers of this boot, so that nobody outside can aim at a peer's bucket.</summary>
/// <param name="Salt">Any number.</param>
/// <param name="Factor">An odd number.</param>
/// <param name="SourceMask">The number of buckets in each half of the table, a power of two, less one.</param>
public readonly record struct SourceHash(ulong Salt, ulong Factor, ulong SourceMask)
{
    /// <summary>The hash of an IPv4 address or of the first 64 bits of an IPv6 one, whose owner has all of the other 64.</summary>
    public ulong Near(PacketAddress address)
    {
        // The program loads the packet's bytes as little-endian words.
        var word = address.IsIpv6
            ? BinaryPrimitives.ReverseEndianness((ulong)(address.Bits >> 64))
            : BinaryPrimitives.ReverseEndianness((uint)address.Bits);
        var mixed = unchecked((word ^ Salt) * Factor);
        return mixed ^ mixed >> 32;
    }

    /// <summary>The bucket of a source: peers have a half of the table that strangers cannot fill.</summary>
    public ulong Bucket(PacketAddress source, PortRole role, PeerGroup group)
    {
        var index = unchecked((Near(source) >> 16) + (ulong)role * 40503) & SourceMask;
        return group == PeerGroup.Unknown ? index : index + SourceMask + 1;
    }
}
