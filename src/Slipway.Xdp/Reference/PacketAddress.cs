using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Xdp.Reference;

/// <summary>An address as a packet holds it.</summary>
/// <param name="Bits">The bytes as one big-endian number; an IPv4 address has the low 32 bits.</param>
/// <param name="IsIpv6">Tells an IPv4 address from the IPv6 address of the same number.</param>
public readonly record struct PacketAddress(UInt128 Bits, bool IsIpv6)
{
    /// <summary>32 or 128.</summary>
    public int Width => IsIpv6 ? 128 : 32;

    /// <summary>From an address of either family.</summary>
    public static PacketAddress From(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Read(address.GetAddressBytes(), address.AddressFamily == AddressFamily.InterNetworkV6);
    }

    /// <summary>From the 4 or 16 bytes at the beginning of <paramref name="bytes"/>.</summary>
    public static PacketAddress Read(ReadOnlySpan<byte> bytes, bool isIpv6) =>
        new(isIpv6 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes), isIpv6);

    /// <summary>Whether the first <paramref name="length"/> bits are those of <paramref name="prefix"/>, in the same family.</summary>
    public bool IsIn(PacketAddress prefix, int length) =>
        IsIpv6 == prefix.IsIpv6 && (length == 0 || (Bits ^ prefix.Bits) >> (Width - length) == 0);

    /// <summary>As people write it.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
        return new IPAddress(IsIpv6 ? bytes : bytes[12..]).ToString();
    }
}
