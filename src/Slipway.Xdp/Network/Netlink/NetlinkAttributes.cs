using System.Buffers.Binary;
using System.Text;

namespace Slipway.Xdp.Network.Netlink;

/// <summary>Walks through netlink attributes; nested ones are walked through by another of these over the value.</summary>
internal ref struct NetlinkAttributes(ReadOnlySpan<byte> bytes)
{
    // The two upper bits say "nested" and "network order".
    private const int TypeMask = 0x3fff;

    private ReadOnlySpan<byte> _rest = bytes;

    public int Type { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public readonly uint UInt32 => Value.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(Value) : 0;

    public readonly ulong UInt64 => Value.Length >= 8 ? BinaryPrimitives.ReadUInt64LittleEndian(Value) : UInt32;

    public readonly ushort UInt16 => Value.Length >= 2 ? BinaryPrimitives.ReadUInt16LittleEndian(Value) : (ushort)0;

    public readonly string Text => Encoding.UTF8.GetString(Value.TrimEnd((byte)0));

    public bool Next()
    {
        if (_rest.Length < 4)
        {
            return false;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        if (length < 4 || length > _rest.Length)
        {
            return false;
        }

        Type = BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]) & TypeMask;
        Value = _rest[4..length];
        _rest = _rest[Math.Min(NetlinkWriter.Align(length), _rest.Length)..];
        return true;
    }
}
