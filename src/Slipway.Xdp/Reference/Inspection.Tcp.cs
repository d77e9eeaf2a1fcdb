namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int Fin = 1, Syn = 2, Rst = 4, Ack = 16;

    /// <summary>Rule 8. Content of TCP is never looked at: only how connections begin.</summary>
    private Judgement Tcp(int at, int rest)
    {
        if (!Is(rest >= 20, at, "TCP header", $"{rest} bytes", $"at least 20"))
        {
            return Drop(Reason.L4Length);
        }

        if (!Sees(at, 20))
        {
            return Limits(cost: 1);
        }

        var header = 4 * (Byte(at + 12) >> 4);
        if (!Is(header >= 20 && header <= rest, at + 12, "TCP data offset", $"{header}", $"20 to {rest}"))
        {
            return Drop(Reason.L4Length);
        }

        if (!Is(Word(at) != 0, at, "source port", $"{Word(at)}", $"not 0"))
        {
            return Drop(Reason.PortZero);
        }

        var flags = Byte(at + 13);
        if (!Is((flags & (Syn | Rst | Ack)) != 0, at + 13, "TCP flags", $"0x{flags:X2}", $"SYN, RST or ACK")
            || !Is((flags & Syn) == 0 || (flags & (Fin | Rst)) == 0, at + 13, "TCP flags", $"0x{flags:X2}", $"not SYN with FIN or RST"))
        {
            return Drop(Reason.TcpFlags);
        }

        if (!Is((flags & (Syn | Ack)) == Syn, at + 13, "TCP flags", $"0x{flags:X2}", $"SYN alone: a new connection"))
        {
            return Pass(Reason.Established);
        }

        // Data in a SYN is fast open, or a flood that wants the node to carry it about.
        return Limits(cost: rest > header ? 4u : 1u);
    }
}
