using System.Buffers.Binary;
using System.Text;

namespace Slipway.Xdp.Network.Netlink;

/// <summary>One netlink request: header, fixed part, attributes. Numbers are in host order, parts are padded to 4 bytes.</summary>
internal sealed class NetlinkWriter
{
    public const ushort Request = 1;
    public const ushort Acknowledge = 4;
    public const ushort Dump = 0x300;

    private const int HeaderLength = 16;

    private readonly byte[] _buffer = new byte[512];
    private int _length = HeaderLength;

    public NetlinkWriter(ushort type, ushort flags)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(4), type);
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(6), (ushort)(flags | Request));
    }

    public NetlinkWriter Fixed(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_buffer.AsSpan(_length));
        _length += Align(bytes.Length);
        return this;
    }

    public NetlinkWriter Attribute(ushort type, uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Attribute(type, bytes);
    }

    public NetlinkWriter Attribute(ushort type, string value) => Attribute(type, [.. Encoding.ASCII.GetBytes(value), 0]);

    /// <summary>The finished request.</summary>
    public Span<byte> Finish(uint sequence)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer, (uint)_length);
        BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(8), sequence);
        return _buffer.AsSpan(0, _length);
    }

    public static int Align(int length) => (length + 3) & ~3;

    private NetlinkWriter Attribute(ushort type, ReadOnlySpan<byte> value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_length), (ushort)(4 + value.Length));
        BinaryPrimitives.WriteUInt16LittleEndian(_buffer.AsSpan(_length + 2), type);
        value.CopyTo(_buffer.AsSpan(_length + 4));
        _length += Align(4 + value.Length);
        return this;
    }
}
