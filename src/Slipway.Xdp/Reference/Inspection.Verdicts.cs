namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    /// <summary>Rule 11: whether there is room for one more from this source, and from its group.</summary>
    private Judgement Limits(uint cost)
    {
        var limits = tables.Limits.GetValueOrDefault((_role, _peer.Group));
        if (_peer.Class == PeerClass.Staked)
        {
            limits = limits with { Source = limits.Source.Weighted(_peer.Weight) };
        }

        Note(null, "limit of the source", $"{Words(limits.Source)}");
        Note(null, $"limit of all {_peer.Group} sources together", $"{Words(limits.Total)}");
        return buckets?.Take(tables, _source, _role, _peer.Group, limits, cost, tick) is { } over ? Drop(over) : Pass(Reason.Accepted);
    }

    /// <summary>What a drop comes to: who sent it, what mode, whether the agent is heard.</summary>
    private Judgement Drop(Reason reason)
    {
        // No peer can have the source of a martian, and whom a LAND packet names did not send it: nobody is looked up for these.
        if (reason is not (Reason.Martian or Reason.Land))
        {
            _peer = tables.Find(_source);
        }

        if (_peer.Class is PeerClass.Operator or PeerClass.Node)
        {
            Is(false, null, $"drop for {reason}", $"{_peer.Class}", $"not from the operator or a node: these are never dropped");
            return Pass(_peer.Class == PeerClass.Operator ? Reason.FromOperator : Reason.FromNode);
        }

        var isDone = Is(tables.Mode == FilterMode.Enforce, null, $"drop for {reason}", $"mode {tables.Mode}", $"Enforce")
            && (!reason.IsLearnt() || Is(!tables.AgentIsSilent, null, "agent", $"{(tables.AgentIsSilent ? "silent" : "heard")}", $"heard"));
        if (!isDone)
        {
            return new Judgement(Verdict.WouldDrop, _role, _peer.Class, reason);
        }

        var isExile = hook == Hook.Xdp && tables.ExileCpus.Count > 0 && _peer.Group == PeerGroup.Unknown;
        return reason switch
        {
            Reason.SourceLimit when isExile => new Judgement(Verdict.Exile, _role, _peer.Class, Reason.ExileSource),
            Reason.ClassLimit when isExile => new Judgement(Verdict.Exile, _role, _peer.Class, Reason.ExileClass),
            _ => new Judgement(Verdict.Drop, _role, _peer.Class, reason),
        };
    }

    private static string Words(Limit limit) =>
        limit == Limit.None
            ? "none"
            : FormattableString.Invariant($"{limit.Burst / (double)Limit.UnitsPerPacket:0.##} packets, {limit.Drain / (double)Limit.UnitsPerPacket:0.####} more a tick");
}
