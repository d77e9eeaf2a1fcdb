using System.Buffers.Binary;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network.Netlink;

namespace Slipway.Xdp.Network;

/// <summary>Interfaces by rtnetlink (man 7 rtnetlink, linux/if_link.h).</summary>
internal static class RouteLinks
{
    private const ushort GetLink = 18;
    private const int InfoLength = 16; // struct ifinfomsg

    private const uint FlagUp = 1;
    private const ushort ExtendedMask = 29; // IFLA_EXT_MASK
    private const uint SkipStatistics = 8;  // RTEXT_FILTER_SKIP_STATS

    /// <summary>All interfaces of the namespace, without what rtnetlink does not know (driver, bus, features).</summary>
    public static IReadOnlyList<Nic> List(NetlinkSocket route)
    {
        // A dump that the list changed under is asked for anew; a storm of changes ends in an error instead of an endless loop.
        for (var attempt = 0; attempt < 10; attempt++)
        {
            var nics = new List<Nic>();
            var request = new NetlinkWriter(GetLink, NetlinkWriter.Dump).Fixed(new byte[InfoLength]);
            var errno = route.TryRequest(request, (_, body) => nics.Add(Parse(body)));
            if (errno == 0)
            {
                return nics;
            }

            if (errno != Errno.Again)
            {
                throw XdpException.FromErrno(errno, "listing network interfaces");
            }
        }

        throw new XdpException(XdpFailureReason.ChangedMeanwhile, "the list of network interfaces changed each time while it was read");
    }

    /// <summary>One interface, without its traffic; null when it is gone.</summary>
    public static Nic? Find(NetlinkSocket route, int index)
    {
        var header = new byte[InfoLength];
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), index);
        Nic? found = null;
        var request = new NetlinkWriter(GetLink, NetlinkWriter.Acknowledge).Fixed(header).Attribute(ExtendedMask, SkipStatistics);
        var errno = route.TryRequest(request, (_, body) => found = Parse(body));
        return errno is 0 or Errno.NoDevice ? found : throw XdpException.FromErrno(errno, $"looking at network interface {index}");
    }

    /// <summary>One RTM_NEWLINK or RTM_DELLINK body.</summary>
    public static Nic Parse(ReadOnlySpan<byte> body)
    {
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(body[8..]);
        var nic = new Nic
        {
            Index = BinaryPrimitives.ReadInt32LittleEndian(body[4..]),
            Up = (flags & FlagUp) != 0,
            Name = "",
            Mac = "",
            PermanentMac = "",
            Mtu = 0,
            Carrier = false,
            Kind = "",
            Driver = "",
            Bus = "",
            RxQueues = 0,
            TxQueues = 0,
            Master = 0,
            XdpMode = XdpMode.None,
            DriverProgram = 0,
            GenericProgram = 0,
            Features = null,
            Traffic = NoTraffic,
        };
        var attributes = new NetlinkAttributes(body[InfoLength..]);
        while (attributes.Next())
        {
            nic = Apply(nic, attributes);
        }

        return nic.PermanentMac.Length == 0 ? nic with { PermanentMac = nic.Mac } : nic;
    }

    private static Nic Apply(Nic nic, NetlinkAttributes attribute) => attribute.Type switch
    {
        1 => nic with { Mac = MacOf(attribute.Value) },
        3 => nic with { Name = attribute.Text },
        4 => nic with { Mtu = (int)attribute.UInt32 },
        10 => nic with { Master = (int)attribute.UInt32 },
        18 => nic with { Kind = KindOf(attribute.Value) },
        23 => nic with { Traffic = TrafficOf(attribute.Value) },
        31 => nic with { TxQueues = (int)attribute.UInt32 },
        32 => nic with { RxQueues = (int)attribute.UInt32 },
        33 => nic with { Carrier = attribute.Value is [1, ..] },
        43 => WithXdp(nic, attribute.Value),
        54 => nic with { PermanentMac = MacOf(attribute.Value) },
        56 => nic with { Bus = attribute.Text },
        _ => nic,
    };

    private static Nic WithXdp(Nic nic, ReadOnlySpan<byte> nested)
    {
        var attributes = new NetlinkAttributes(nested);
        while (attributes.Next())
        {
            nic = attributes.Type switch
            {
                2 => nic with { XdpMode = (XdpMode)attributes.Value[0] },
                5 => nic with { DriverProgram = attributes.UInt32 },
                6 => nic with { GenericProgram = attributes.UInt32 },
                _ => nic,
            };
        }

        return nic;
    }

    private static string KindOf(ReadOnlySpan<byte> nested)
    {
        var attributes = new NetlinkAttributes(nested);
        while (attributes.Next())
        {
            if (attributes.Type == 1)
            {
                return attributes.Text;
            }
        }

        return "";
    }

    private static string MacOf(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 6 ? string.Join(':', bytes.ToArray().Select(octet => octet.ToString("x2", null))) : "";

    private static NicTraffic NoTraffic { get; } = TrafficOf(new byte[88]);

    /// <summary>The order of struct rtnl_link_stats64.</summary>
    private static NicTraffic TrafficOf(ReadOnlySpan<byte> stats)
    {
        Span<ulong> fields = stackalloc ulong[11];
        fields.Clear();
        for (var i = 0; i < fields.Length && (i + 1) * 8 <= stats.Length; i++)
        {
            fields[i] = BinaryPrimitives.ReadUInt64LittleEndian(stats[(i * 8)..]);
        }

        return new NicTraffic
        {
            RxPackets = fields[0],
            TxPackets = fields[1],
            RxBytes = fields[2],
            TxBytes = fields[3],
            RxErrors = fields[4],
            TxErrors = fields[5],
            RxDropped = fields[6],
            TxDropped = fields[7],
            RxMissed = stats.Length >= 16 * 8 ? BinaryPrimitives.ReadUInt64LittleEndian(stats[(15 * 8)..]) : 0,
        };
    }
}
