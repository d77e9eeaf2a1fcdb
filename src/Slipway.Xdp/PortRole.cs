namespace Slipway.Xdp;

/// <summary>What a local port is for (enum slw_role in bpf/solana_xdp.h): a byte per port and protocol in the port table.</summary>
public enum PortRole : byte
{
    /// <summary>Not guarded: passes at once.</summary>
    None = 0,

    /// <summary>Gossip over UDP.</summary>
    Gossip = 1,

    /// <summary>Shreds by turbine.</summary>
    Tvu = 2,

    /// <summary>Transactions over plain UDP, forwarded ones too.</summary>
    Tpu = 3,

    /// <summary>A QUIC server that never dials from this port.</summary>
    TpuQuic = 4,

    /// <summary>Votes over plain UDP.</summary>
    Vote = 5,

    /// <summary>The repair client: shreds with a nonce, and pings.</summary>
    Repair = 6,

    /// <summary>The repair server: requests and pongs.</summary>
    ServeRepair = 7,

    /// <summary>JSON-RPC and its publications, over TCP.</summary>
    Rpc = 8,

    /// <summary>QUIC that also dials from this port.</summary>
    Quic = 9,

    /// <summary>Limits only; nothing is known of the content.</summary>
    Guarded = 10,
}
