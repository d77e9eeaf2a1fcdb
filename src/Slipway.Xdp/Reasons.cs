namespace Slipway.Xdp;

/// <summary>What a <see cref="Reason"/> entails.</summary>
public static class Reasons
{
    /// <summary>Below it, packets pass (SLW_REASON_DROPS).</summary>
    private const int Drops = 10;

    /// <summary>From here on, drops rest on what the agent has told the program (SLW_REASON_LEARNT).</summary>
    private const int Learnt = 22;

    /// <summary>From here on, packets are exiled (SLW_REASON_EXILES).</summary>
    private const int Exiles = 38;

    /// <summary>Whether the program drops for it, in enforce mode.</summary>
    public static bool IsDrop(this Reason reason) => (int)reason is >= Drops and < Exiles;

    /// <summary>Whether the packet goes to another CPU.</summary>
    public static bool IsExile(this Reason reason) => (int)reason >= Exiles;

    /// <summary>Whether an agent that gives no sign of life suspends the drop.</summary>
    public static bool IsLearnt(this Reason reason) => (int)reason is >= Learnt and < Exiles;
}
