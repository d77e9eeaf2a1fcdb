using System.Buffers.Binary;
using System.Net;
using Slipway.Kernel.Tests.Machine;

namespace Slipway.Benchmarks.Xdp;

/// <summary>The packets that are measured: as small as their kind is, since a flood's are.</summary>
internal static class Packets
{
    public const ushort Gossip = 8001;
    public const ushort Shreds = 8002;
    public const ushort Rpc = 8899;

    private static readonly IPAddress s_stranger = IPAddress.Parse("203.0.113.7");

    /// <summary>A ping, which is 132 bytes of payload.</summary>
    public static byte[] FromStakeholder { get; } = Ping(FilterUnderTest.Stakeholder);

    public static byte[] FromStranger { get; } = Ping(s_stranger);

    public static byte[] Malformed { get; } = Frames.Udp(FilterUnderTest.Stakeholder, FilterUnderTest.Node, 5000, Gossip, Frames.Tagged(99, 132));

    public static byte[] OtherPort { get; } = Frames.Udp(s_stranger, FilterUnderTest.Node, 5000, 9999, Frames.Tagged(4, 132));

    public static byte[] OtherHost { get; } = Frames.Udp(s_stranger, IPAddress.Parse("10.77.0.9"), 5000, Gossip, Frames.Tagged(4, 132));

    public static byte[] Shred { get; } = Frames.Udp(s_stranger, FilterUnderTest.Node, 5000, Shreds, ShredPayload());

    /// <summary>With a VLAN tag.</summary>
    public static byte[] Tagged { get; } = [.. FromStakeholder[..12], 0x81, 0x00, 0x00, 0x07, .. FromStakeholder[12..]];

    public static byte[] Syn { get; } = SynFrame();

    public static byte[] Ipv6 { get; } = Ipv6Frame();

    private static byte[] Ping(IPAddress source) => Frames.Udp(source, FilterUnderTest.Node, 5000, Gossip, Frames.Tagged(4, 132));

    private static byte[] ShredPayload()
    {
        var payload = new byte[1203];
        payload[0x40] = 0x90;
        return payload;
    }

    private static byte[] SynFrame()
    {
        var frame = Frames.Udp(s_stranger, FilterUnderTest.Node, 5000, Rpc, new byte[12]);
        frame[23] = 6;
        frame.AsSpan(38).Clear();
        (frame[46], frame[47]) = (0x50, 0x02);
        return frame;
    }

    private static byte[] Ipv6Frame()
    {
        var udp = Ping(s_stranger)[34..];
        var frame = new byte[54 + udp.Length];
        (frame[12], frame[13], frame[14], frame[20]) = (0x86, 0xdd, 0x60, 17);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(18), (ushort)udp.Length);
        IPAddress.Parse("2001:db8:77::9").TryWriteBytes(frame.AsSpan(22), out _);
        FilterUnderTest.Node6.TryWriteBytes(frame.AsSpan(38), out _);
        udp.CopyTo(frame, 54);
        return frame;
    }
}
