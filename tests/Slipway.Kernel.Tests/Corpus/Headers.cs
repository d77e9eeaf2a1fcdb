using System.Buffers.Binary;
using System.Net;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>Puts headers in front of bodies. Checksums are right; lengths too, unless one asks for another.</summary>
internal static class Headers
{
    public const ushort TypeIpv4 = 0x0800;
    public const ushort TypeArp = 0x0806;
    public const ushort TypeIpv6 = 0x86DD;
    public const byte Icmp = 1, IpInIp = 4, Tcp = 6, Udp = 17, Gre = 47, Esp = 50, Icmpv6 = 58;

    public static byte[] Ethernet(ushort type, byte[] body, params ReadOnlySpan<VlanTag> tags)
    {
        List<byte> frame = [.. World.NodeMac, .. World.RouterMac];
        foreach (var tag in tags)
        {
            frame.AddRange([(byte)(tag.Protocol >> 8), (byte)tag.Protocol, (byte)(tag.Control >> 8), (byte)tag.Control]);
        }

        return [.. frame, (byte)(type >> 8), (byte)type, .. body];
    }

    public static byte[] Ipv4(IPAddress source, IPAddress destination, byte protocol, byte[] body, Ipv4Shape? shape = null)
    {
        shape ??= Ipv4Shape.Plain;
        var words = 5 + shape.OptionWords;
        var header = new byte[4 * words];
        header[0] = (byte)(shape.Version << 4 | (shape.HeaderWords ?? words));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(2), (ushort)(shape.TotalLength ?? header.Length + body.Length));
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(6), shape.Fragment);
        header[8] = 64;
        header[9] = protocol;
        source.GetAddressBytes().CopyTo(header, 12);
        destination.GetAddressBytes().CopyTo(header, 16);
        header.AsSpan(20).Fill(1); // no-operation
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), Checksum.Of(header));
        return [.. header, .. body];
    }

    public static byte[] Ipv6(IPAddress source, IPAddress destination, byte protocol, byte[] body, IReadOnlyList<Ipv6Extension>? extensions = null, int? payloadLength = null)
    {
        foreach (var extension in (extensions ?? []).Reverse())
        {
            body = [protocol, .. extension.Content.AsSpan(1), .. body];
            protocol = extension.Protocol;
        }

        var length = payloadLength ?? body.Length;
        return [0x60, 0, 0, 0, (byte)(length >> 8), (byte)length, protocol, 64, .. source.GetAddressBytes(), .. destination.GetAddressBytes(), .. body];
    }

    /// <param name="flow">Its addresses are in the checksum.</param>
    /// <param name="length">What the header says of header and payload.</param>
    public static byte[] UdpTo(Flow flow, byte[] payload, int? length = null)
    {
        var datagram = new byte[8 + payload.Length];
        Ports(flow, datagram);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), (ushort)(length ?? datagram.Length));
        payload.CopyTo(datagram, 8);
        var sum = TransportSum(flow, Udp, datagram);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(6), sum == 0 ? (ushort)0xFFFF : sum);
        return datagram;
    }

    /// <param name="optionWords">No-operation options behind the header.</param>
    /// <param name="headerWords">What the header says of its own length.</param>
    public static byte[] TcpTo(Flow flow, TcpFlags flags, byte[] payload, int optionWords = 0, int? headerWords = null)
    {
        var segment = new byte[20 + 4 * optionWords + payload.Length];
        Ports(flow, segment);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(4), 1000);
        BinaryPrimitives.WriteUInt32BigEndian(segment.AsSpan(8), flags.HasFlag(TcpFlags.Ack) ? 2000u : 0);
        segment[12] = (byte)((headerWords ?? 5 + optionWords) << 4);
        segment[13] = (byte)flags;
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(14), 64240);
        segment.AsSpan(20, 4 * optionWords).Fill(1);
        payload.CopyTo(segment, 20 + 4 * optionWords);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(16), TransportSum(flow, Tcp, segment));
        return segment;
    }

    private static void Ports(Flow flow, byte[] segment)
    {
        BinaryPrimitives.WriteUInt16BigEndian(segment, flow.SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(segment.AsSpan(2), flow.DestinationPort);
    }

    private static ushort TransportSum(Flow flow, byte protocol, byte[] segment) =>
        Checksum.Of(flow.Source.GetAddressBytes(), flow.Destination.GetAddressBytes(), [0, protocol, (byte)(segment.Length >> 8), (byte)segment.Length], segment);
}
