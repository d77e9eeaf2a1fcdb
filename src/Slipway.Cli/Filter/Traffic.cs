using Slipway.Xdp;
using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>The counters of one filter, added up.</summary>
internal readonly record struct Traffic(ulong Packets, ulong Dropped, ulong WouldDrop, ulong Exiled)
{
    public static Traffic Of(AgentStatus status) => new(
        Sum(status, null), Sum(status, Verdict.Drop), Sum(status, Verdict.WouldDrop), Sum(status, Verdict.Exile));

    /// <summary>Counters start anew when the program's maps do; then nothing is known of the time before.</summary>
    public Traffic Since(Traffic before) => before.Packets > Packets ? this : new(
        Packets - before.Packets, Difference(Dropped, before.Dropped), Difference(WouldDrop, before.WouldDrop), Difference(Exiled, before.Exiled));

    private static ulong Difference(ulong now, ulong before) => now > before ? now - before : 0;

    private static ulong Sum(AgentStatus status, Verdict? verdict) =>
        status.Counters.Where(cell => verdict is null || cell.Verdict == verdict).Aggregate(0UL, (sum, cell) => unchecked(sum + cell.Packets));
}
