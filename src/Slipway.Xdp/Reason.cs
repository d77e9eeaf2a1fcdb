namespace Slipway.Xdp;

/// <summary>
/// Why a packet was passed, dropped or exiled (enum slw_reason in bpf/solana_xdp.h). A reason fixes its verdict: see
/// <see cref="Reasons"/>. Numbers are those of the counters; gaps are free.
/// </summary>
public enum Reason : byte
{
    /// <summary>Neither IPv4 nor IPv6, or no room for their header.</summary>
    NotIp = 0,

    /// <summary>The destination is not an own address.</summary>
    NotOurs = 1,

    /// <summary>No TCP or UDP port with a role.</summary>
    NotGuarded = 2,

    /// <summary>A later fragment: it carries no port.</summary>
    FragmentRest = 3,

    /// <summary>Judged and found good.</summary>
    Accepted = 4,

    /// <summary>TCP beyond the first SYN, QUIC beyond Initial.</summary>
    Established = 5,

    /// <summary>From the operator's addresses.</summary>
    FromOperator = 6,

    /// <summary>From a node of the same cluster.</summary>
    FromNode = 7,

    /// <summary>To a port of Talos, Kubernetes, etcd, the kubelet or Cilium.</summary>
    ProtectedPort = 8,

    /// <summary>IP version, header length or total length are impossible.</summary>
    IpHeader = 10,

    /// <summary>IPv6 extension headers: too many, or beyond the packet.</summary>
    Ipv6Chain = 11,

    /// <summary>A source that cannot exist on a wire.</summary>
    Martian = 12,

    /// <summary>Source equals destination.</summary>
    Land = 13,

    /// <summary>One of the node's own addresses as source.</summary>
    OwnSource = 14,

    /// <summary>A source that the operator has banned.</summary>
    Banned = 15,

    /// <summary>A fragment: Solana never fragments.</summary>
    Fragment = 16,

    /// <summary>UDP or TCP lengths are impossible.</summary>
    L4Length = 17,

    /// <summary>Port 0.</summary>
    PortZero = 18,

    /// <summary>UDP from a port below 1024: a reflector.</summary>
    SourcePort = 19,

    /// <summary>A combination of TCP flags that no stack sends.</summary>
    TcpFlags = 20,

    /// <summary>No gossip message has this tag.</summary>
    GossipTag = 22,

    /// <summary>The gossip message cannot have this size.</summary>
    GossipSize = 23,

    /// <summary>More values or prunes than the protocol has.</summary>
    GossipCount = 24,

    /// <summary>A prune whose sender differs from its signer.</summary>
    GossipOrigin = 25,

    /// <summary>No shred has this size.</summary>
    ShredSize = 26,

    /// <summary>No shred has this variant.</summary>
    ShredVariant = 27,

    /// <summary>A shred's index beyond what a slot holds.</summary>
    ShredIndex = 28,

    /// <summary>A shred of another cluster or fork.</summary>
    ShredVersion = 29,

    /// <summary>No repair request has this tag.</summary>
    RepairTag = 30,

    /// <summary>The repair request cannot have this size.</summary>
    RepairSize = 31,

    /// <summary>The request asks another identity.</summary>
    RepairRecipient = 32,

    /// <summary>No QUIC packet that a server may meet begins like this.</summary>
    QuicHeader = 33,

    /// <summary>A client's Initial shorter than RFC 9000 allows.</summary>
    QuicInitialSize = 34,

    /// <summary>Not a transaction.</summary>
    Transaction = 35,

    /// <summary>Over the limit of its source.</summary>
    SourceLimit = 36,

    /// <summary>Over the limit of all sources of its group.</summary>
    ClassLimit = 37,

    /// <summary>As <see cref="SourceLimit"/>, and another CPU takes it.</summary>
    ExileSource = 38,

    /// <summary>As <see cref="ClassLimit"/>, and another CPU takes it.</summary>
    ExileClass = 39,
}
