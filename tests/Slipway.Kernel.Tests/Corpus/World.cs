using System.Net;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Corpus;

/// <summary>The node that all packets of the corpus are sent to, and those who send them. Nothing is limited.</summary>
internal static class World
{
    public const ushort Gossip = 8001, Tvu = 8002, Tpu = 8003, Vote = 8005, TpuQuic = 8009, Repair = 8012, ServeRepair = 8013, Quic = 8014, Guarded = 8015;
    public const ushort Rpc = 8899, PubSub = 8900, Closed = 9, Wireguard = 51871, Vxlan = 8472, VxlanByIana = 4789, Geneve = 6081;
    public const ushort ShredVersion = 50093;

    public static byte[] NodeMac { get; } = [0x02, 0, 0, 0, 0, 0x10];

    public static byte[] RouterMac { get; } = [0x02, 0, 0, 0, 0, 0x01];

    public static IPAddress NodeIpv4 { get; } = IPAddress.Parse("203.0.113.10");

    public static IPAddress NodeIpv6 { get; } = IPAddress.Parse("2001:db8::10");

    /// <summary>Another address of the same node, by which it cannot be told from the first one.</summary>
    public static IPAddress SecondIpv4 { get; } = IPAddress.Parse("10.0.0.10");

    /// <summary>An address behind the node: a pod's, which is not the filter's business.</summary>
    public static IPAddress PodIpv4 { get; } = IPAddress.Parse("10.244.1.7");

    public static IPAddress PodIpv6 { get; } = IPAddress.Parse("2001:db8:244::7");

    public static byte[] Identity { get; } = new Dice(0x1DE).Bytes(32);

    public static Sender Unknown { get; } = Someone("unknown", 50, PeerClass.Unknown);

    public static Sender Known { get; } = Someone("known", 30, PeerClass.Known);

    public static Sender Staked { get; } = Someone("staked", 20, PeerClass.Staked, weight: 3);

    public static Sender Banned { get; } = Someone("banned", 40, PeerClass.Banned);

    public static Sender Operator { get; } = Someone("operator", 7, PeerClass.Operator);

    public static Sender Node { get; } = Someone("node", 11, PeerClass.Node);

    /// <summary>Known only by the network that he is in.</summary>
    public static Sender OperatorByPrefix { get; } =
        new("operator by prefix", IPAddress.Parse("192.0.2.77"), IPAddress.Parse("2001:db8:99::77"), new PeerMeta(PeerClass.Operator));

    /// <summary>In a banned network within the operator's.</summary>
    public static Sender BannedByLongerPrefix { get; } =
        new("banned by a longer prefix", IPAddress.Parse("192.0.2.130"), IPAddress.Parse("2001:db8:99:1::1"), new PeerMeta(PeerClass.Banned));

    public static IReadOnlyList<Sender> Senders { get; } = [Unknown, Known, Staked, Banned, Operator, Node, OperatorByPrefix, BannedByLongerPrefix];

    public static FilterTables Tables { get; } = new()
    {
        Mode = FilterMode.Enforce,
        Own = new HashSet<PacketAddress> { PacketAddress.From(NodeIpv4), PacketAddress.From(SecondIpv4), PacketAddress.From(NodeIpv6) },
        UdpRoles = new Dictionary<ushort, PortRole>
        {
            [Gossip] = PortRole.Gossip,
            [Tvu] = PortRole.Tvu,
            [Tpu] = PortRole.Tpu,
            [Vote] = PortRole.Vote,
            [TpuQuic] = PortRole.TpuQuic,
            [Repair] = PortRole.Repair,
            [ServeRepair] = PortRole.ServeRepair,
            [Quic] = PortRole.Quic,
            [Guarded] = PortRole.Guarded,
        },
        TcpRoles = new Dictionary<ushort, PortRole>
        {
            [Gossip] = PortRole.Guarded,
            [Rpc] = PortRole.Rpc,
            [PubSub] = PortRole.Rpc,
            // A slip of whoever wrote the configuration: it must not cut Talos' API off.
            [50000] = PortRole.Rpc,
            [6443] = PortRole.Guarded,
        },
        Peers = Listed().ToDictionary(),
        Prefixes =
        [
            Network("192.0.2.0", 24, PeerClass.Operator),
            Network("192.0.2.128", 25, PeerClass.Banned),
            Network("2001:db8:99::", 48, PeerClass.Operator),
            Network("2001:db8:99:1::", 64, PeerClass.Banned),
            Network("100.64.0.0", 10, PeerClass.Known),
        ],
        ShredVersion = ShredVersion,
        Identity = Identity,
        Hash = new SourceHash(0xA5A5_1234_5678_9ABC, 0x9E37_79B9_7F4A_7C15, SourceMask: 0xFF),
    };

    private static IEnumerable<KeyValuePair<PacketAddress, PeerMeta>> Listed()
    {
        foreach (var sender in new[] { Known, Staked, Banned, Operator, Node })
        {
            yield return new(PacketAddress.From(sender.Ipv4), sender.Meta);
            yield return new(PacketAddress.From(sender.Ipv6), sender.Meta);
        }

        foreach (var own in new[] { NodeIpv4, SecondIpv4, NodeIpv6 })
        {
            yield return new(PacketAddress.From(own), new PeerMeta(PeerClass.Own));
        }
    }

    private static Sender Someone(string name, int number, PeerClass peerClass, int weight = 0) =>
        new(name, IPAddress.Parse($"198.51.100.{number}"), IPAddress.Parse($"2001:db8:1::{number}"), new PeerMeta(peerClass, weight));

    private static PrefixRule Network(string address, int length, PeerClass peerClass) =>
        new(PacketAddress.From(IPAddress.Parse(address)), length, new PeerMeta(peerClass));
}
