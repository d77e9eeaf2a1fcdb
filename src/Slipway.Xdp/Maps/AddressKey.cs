using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Xdp.Maps;

/// <summary>An address as the program's tables hold it: 16 bytes in network order, IPv4 as ::ffff:a.b.c.d.</summary>
internal readonly record struct AddressKey(UInt128 Bits)
{
    private const int MappedPrefix = 96;

    public bool IsIpv4 => Bits >> 32 == 0xffff;

    public static AddressKey From(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            bytes[10] = bytes[11] = 0xff;
            address.TryWriteBytes(bytes[12..], out _);
        }
        else
        {
            address.TryWriteBytes(bytes, out _);
        }

        return new AddressKey(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    /// <summary>The prefix' length among 128 bits.</summary>
    public static int LengthOf(IPNetwork network) =>
        network.PrefixLength + (network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? MappedPrefix : 0);

    /// <summary>The address with all bits behind <paramref name="length"/> cleared.</summary>
    public AddressKey Masked(int length) => length == 0 ? default : new AddressKey(Bits & (UInt128.MaxValue << (128 - length)));

    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
}
