using System.Buffers.Binary;
using System.Net;

namespace Slipway.Agent.Stake;

/// <summary>An address that gossip knows, and the stake there: 24 bytes, for a cluster has thousands of them and a table may have 100,000.</summary>
/// <param name="High">The first eight bytes of the IPv6 address in network order; of IPv4 it is ::ffff:a.b.c.d.</param>
/// <param name="Low">The other eight.</param>
/// <param name="Lamports">0 for a node in gossip without enough of it.</param>
internal readonly record struct StakedAddress(ulong High, ulong Low, ulong Lamports)
{
    private const int Bytes = 16;

    public IPAddress Address
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Bytes];
            BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
            BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
            return High == 0 && Low >> 32 == 0xffff ? new IPAddress(bytes[12..]) : new IPAddress(bytes);
        }
    }

    public static StakedAddress Of(IPAddress address, ulong lamports)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return new StakedAddress(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), lamports);
    }
}
