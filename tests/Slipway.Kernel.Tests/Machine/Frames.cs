using System.Buffers.Binary;
using System.Net;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>Plain frames for tests that are not about parsing.</summary>
internal static class Frames
{
    private const int Ethernet = 14;
    private const int Ipv4 = 20;
    private const int Header = 8;

    /// <summary>An Ethernet frame with IPv4 and UDP; checksums are 0, which the filter does not look at.</summary>
    public static byte[] Udp(IPAddress source, IPAddress destination, ushort sourcePort, ushort destinationPort, ReadOnlySpan<byte> payload)
    {
        var frame = new byte[Ethernet + Ipv4 + Header + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(12), 0x0800);
        var ip = frame.AsSpan(Ethernet);
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)(Ipv4 + Header + payload.Length));
        (ip[8], ip[9]) = (64, 17);
        source.TryWriteBytes(ip[12..], out _);
        destination.TryWriteBytes(ip[16..], out _);
        var udp = ip[Ipv4..];
        BinaryPrimitives.WriteUInt16BigEndian(udp, sourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], destinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)(Header + payload.Length));
        payload.CopyTo(udp[Header..]);
        return frame;
    }

    /// <summary>A payload that begins with a little-endian word, as gossip does.</summary>
    public static byte[] Tagged(uint tag, int length)
    {
        var payload = new byte[length];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, tag);
        return payload;
    }
}
