namespace Slipway.Xdp;

/// <summary>Who a source is (enum slw_class in bpf/solana_xdp.h).</summary>
public enum PeerClass : byte
{
    /// <summary>In no table.</summary>
    Unknown = 0,

    /// <summary>In gossip, or named by the operator, without stake.</summary>
    Known = 1,

    /// <summary>A validator with stake.</summary>
    Staked = 2,

    /// <summary>Named by the operator as one to drop.</summary>
    Banned = 3,

    /// <summary>The node's own address: as a source it is forged.</summary>
    Own = 4,

    /// <summary>The operator's: never dropped.</summary>
    Operator = 5,

    /// <summary>A node of the same cluster: never dropped.</summary>
    Node = 6,
}
