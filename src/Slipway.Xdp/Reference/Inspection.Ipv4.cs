namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int ProtocolTcp = 6, ProtocolUdp = 17;

    /// <summary>Rule 3.</summary>
    private Judgement Ipv4(int at)
    {
        if (!Is(Sees(at, 20), at, "IPv4 header", $"{Left(at)} bytes", $"at least 20"))
        {
            return Pass(Reason.NotIp);
        }

        var destination = PacketAddress.Read(Bytes(at + 16, 4), isIpv6: false);
        if (!Is(destination.Bits != 0 && tables.Own.Contains(destination), at + 16, "destination", $"{destination}", $"an address of this node"))
        {
            return Pass(Reason.NotOurs);
        }

        _source = PacketAddress.Read(Bytes(at + 12, 4), isIpv6: false);
        var version = Byte(at) >> 4;
        var header = 4 * (Byte(at) & 0xF);
        var total = Word(at + 2);
        if (!Is(version == 4, at, "IP version", $"{version}", $"4")
            || !Is(header >= 20, at, "header length", $"{header}", $"at least 20"))
        {
            return Drop(Reason.IpHeader);
        }

        if (hook == Hook.Tcx && total == 0)
        {
            // The kernel itself puts frames together that are longer than the field can say.
            Note(at + 2, "total length", $"0: put together by the kernel");
            return Pass(Reason.NotGuarded);
        }

        if (!Is(total >= header && total <= Left(at), at + 2, "total length", $"{total}", $"{header} (header) to {Left(at)} (frame)"))
        {
            return Drop(Reason.IpHeader);
        }

        var protocol = Byte(at + 9);
        if (!Is(protocol is ProtocolTcp or ProtocolUdp, at + 9, "protocol", $"{protocol}", $"6 (TCP) or 17 (UDP)"))
        {
            return Pass(Reason.NotGuarded);
        }

        var fragment = Word(at + 6);
        if (!Is((fragment & 0x1FFF) == 0, at + 6, "fragment offset", $"{8 * (fragment & 0x1FFF)}", $"0: a later fragment has no ports"))
        {
            return Pass(Reason.FragmentRest);
        }

        return Ports(at + header, total - header, protocol, destination, isFirstFragment: (fragment & 0x2000) != 0);
    }
}
