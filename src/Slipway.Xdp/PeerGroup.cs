namespace Slipway.Xdp;

/// <summary>Counters and limits know four groups (enum slw_group in bpf/solana_xdp.h).</summary>
public enum PeerGroup : byte
{
    /// <summary>Class <see cref="PeerClass.Unknown"/>.</summary>
    Unknown = 0,

    /// <summary>Class <see cref="PeerClass.Known"/>.</summary>
    Known = 1,

    /// <summary>Class <see cref="PeerClass.Staked"/>.</summary>
    Staked = 2,

    /// <summary>All other classes; the reason says which.</summary>
    Special = 3,
}
