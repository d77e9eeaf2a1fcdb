namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int LowestPortOfPeers = 1024;

    /// <summary>Rule 9.</summary>
    private Judgement Udp(int at, int rest, bool isFirstFragment)
    {
        if (!Is(!isFirstFragment, null, "fragment", $"{(isFirstFragment ? "the first" : "none")}", $"none: Solana never fragments"))
        {
            return Drop(Reason.Fragment);
        }

        if (!Is(rest >= 8, at, "UDP header", $"{rest} bytes", $"at least 8"))
        {
            return Drop(Reason.L4Length);
        }

        if (!Sees(at, 8))
        {
            return Limits(cost: 1);
        }

        var length = Word(at + 4);
        if (!Is(length >= 8 && length <= rest, at + 4, "UDP length", $"{length}", $"8 to {rest}"))
        {
            return Drop(Reason.L4Length);
        }

        var port = Word(at);
        if (!Is(port != 0, at, "source port", $"{port}", $"not 0"))
        {
            return Drop(Reason.PortZero);
        }

        if (!Is(port >= LowestPortOfPeers, at, "source port", $"{port}", $"at least {LowestPortOfPeers}: below are reflectors"))
        {
            return Drop(Reason.SourcePort);
        }

        return Content(at + 8, length - 8) switch
        {
            null => Limits(cost: 1),
            Reason.Established => Pass(Reason.Established),
            { } reason => Drop(reason),
        };
    }

    /// <summary>Rule 10: what the payload may be, by role. Null: no objection; or why it is dropped, or that it is an established connection's.</summary>
    private Reason? Content(int at, int length) => _role switch
    {
        PortRole.Gossip => Gossip(at, length),
        PortRole.Tvu => Shred(at, length),
        PortRole.Repair => RepairResponse(at, length),
        PortRole.ServeRepair => RepairRequest(at, length),
        PortRole.Tpu or PortRole.Vote => Transaction(at, length),
        PortRole.TpuQuic or PortRole.Quic => Quic(at, length),
        _ => null,
    };
}
