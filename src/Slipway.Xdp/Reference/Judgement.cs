namespace Slipway.Xdp.Reference;

/// <summary>What becomes of a packet, and under what it is counted.</summary>
/// <param name="Verdict">What happens to it.</param>
/// <param name="Role">Of the port that it is for; none when the verdict fell before that was known.</param>
/// <param name="Class">Of its source; unknown when the verdict fell before anybody asked.</param>
/// <param name="Reason">Why; null when the filter is off, which counts nothing.</param>
public readonly record struct Judgement(Verdict Verdict, PortRole Role, PeerClass Class, Reason? Reason)
{
    /// <summary>Under which it is counted.</summary>
    public PeerGroup Group => PeerMeta.GroupOf(Class);

    /// <summary>Verdict, reason, role and class as words.</summary>
    public override string ToString() => $"{Verdict} for {(Reason is { } reason ? reason.ToString() : "being off")}, role {Role}, class {Class}";
}
