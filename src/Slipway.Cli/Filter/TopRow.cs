using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>One node's filter over the time between two looks; rates are packets and bits a second.</summary>
internal sealed record TopRow
{
    public required string Node { get; init; }

    public required string Mode { get; init; }

    /// <summary>Null in the first look, which has nothing to compare with.</summary>
    public double? Seen { get; init; }

    public double? Dropped { get; init; }

    public double? WouldDrop { get; init; }

    public double RxBits { get; init; }

    public double TxBits { get; init; }

    /// <summary>The reason for most drops, and would-be drops, since the look before.</summary>
    public string? TopReason { get; init; }

    public string? Problem { get; init; }

    public static TopRow Of(NodeWord now, AgentStatus? before)
    {
        if (now.Status is not { } status)
        {
            return new TopRow { Node = now.Node, Mode = "-", Problem = First(now) };
        }

        var row = new TopRow
        {
            Node = now.Node,
            Mode = status.Mode.ToString().ToLowerInvariant(),
            RxBits = status.Interfaces.Sum(link => link.RxBitsPerSecond),
            TxBits = status.Interfaces.Sum(link => link.TxBitsPerSecond),
            Problem = First(now),
        };
        // The agent's own times: the way through the API takes as long as it takes.
        var seconds = before is null ? 0 : (status.WrittenAt - before.WrittenAt).TotalSeconds;
        if (seconds <= 0)
        {
            return row;
        }

        var delta = Traffic.Of(status).Since(Traffic.Of(before!));
        return row with
        {
            Seen = delta.Packets / seconds,
            Dropped = delta.Dropped / seconds,
            WouldDrop = delta.WouldDrop / seconds,
            TopReason = TopReasonOf(status, before!),
        };
    }

    private static string? First(NodeWord word) => word.Problems is [var problem, ..] ? problem : null;

    private static string? TopReasonOf(AgentStatus now, AgentStatus before)
    {
        var earlier = before.Counters.ToLookup(cell => (cell.Role, cell.Group, cell.Verdict, cell.Reason), cell => cell.Packets);
        return now.Counters.Where(cell => cell.Verdict is Xdp.Verdict.Drop or Xdp.Verdict.WouldDrop)
            .Select(cell => (cell.Reason, Packets: (long)cell.Packets - (long)earlier[(cell.Role, cell.Group, cell.Verdict, cell.Reason)].FirstOrDefault()))
            .GroupBy(cell => cell.Reason, cell => cell.Packets)
            .Select(group => (Reason: group.Key, Packets: group.Sum()))
            .Where(group => group.Packets > 0)
            .OrderByDescending(group => group.Packets)
            .Select(group => group.Reason.ToString())
            .FirstOrDefault();
    }
}
