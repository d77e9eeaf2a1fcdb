namespace Slipway.Xdp;

/// <summary>What the filter does with its judgement (enum slw_mode in bpf/solana_xdp.h).</summary>
public enum FilterMode : byte
{
    /// <summary>Passes everything unseen: the state of a program that nobody has configured yet.</summary>
    Off = 0,

    /// <summary>Counts what it would drop, and drops nothing.</summary>
    Observe = 1,

    /// <summary>Drops.</summary>
    Enforce = 2,
}
