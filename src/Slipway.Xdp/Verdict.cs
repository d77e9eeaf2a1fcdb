namespace Slipway.Xdp;

/// <summary>What became of a packet (enum slw_verdict in bpf/solana_xdp.h).</summary>
public enum Verdict : byte
{
    /// <summary>Went on, unchanged.</summary>
    Pass = 0,

    /// <summary>Was dropped.</summary>
    Drop = 1,

    /// <summary>Went on, because of observe mode or a silent agent.</summary>
    WouldDrop = 2,

    /// <summary>Was handed to another CPU.</summary>
    Exile = 3,
}
