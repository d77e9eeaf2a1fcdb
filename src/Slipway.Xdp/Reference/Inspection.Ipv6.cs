namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int HopByHop = 0, Routing = 43, Fragment = 44, Authentication = 51, DestinationOptions = 60, Mobility = 135;
    private const int MostExtensions = 8;

    /// <summary>Rule 4.</summary>
    private Judgement Ipv6(int at)
    {
        if (!Is(Sees(at, 40), at, "IPv6 header", $"{Left(at)} bytes", $"at least 40"))
        {
            return Pass(Reason.NotIp);
        }

        var destination = PacketAddress.Read(Bytes(at + 24, 16), isIpv6: true);
        if (!Is(destination.Bits != 0 && tables.Own.Contains(destination), at + 24, "destination", $"{destination}", $"an address of this node"))
        {
            return Pass(Reason.NotOurs);
        }

        _source = PacketAddress.Read(Bytes(at + 8, 16), isIpv6: true);
        var version = Byte(at) >> 4;
        var rest = Word(at + 4);
        if (!Is(version == 6, at, "IP version", $"{version}", $"6")
            || !Is(rest <= Left(at) - 40, at + 4, "payload length", $"{rest}", $"at most {Left(at) - 40} (frame)"))
        {
            return Drop(Reason.IpHeader);
        }

        return Extensions(at + 40, rest, Byte(at + 6), destination);
    }

    /// <summary>The walk over extension headers to TCP or UDP.</summary>
    private Judgement Extensions(int at, int rest, int protocol, PacketAddress destination)
    {
        var isFirstFragment = false;
        for (var walked = 0; protocol is HopByHop or Routing or Fragment or Authentication or DestinationOptions or Mobility; walked++)
        {
            if (!Is(walked < MostExtensions, at, "extension headers", $"{walked + 1}", $"at most {MostExtensions}"))
            {
                return Drop(Reason.Ipv6Chain);
            }

            var needed = protocol == Fragment ? 8 : 2;
            if (!Is(needed <= rest, at, $"extension header {protocol}", $"{rest} bytes", $"at least {needed}"))
            {
                return Drop(Reason.Ipv6Chain);
            }

            if (!Sees(at, needed))
            {
                return Hidden(at, Reason.NotGuarded);
            }

            if (protocol == Fragment)
            {
                if (!Is(Word(at + 2) >> 3 == 0, at + 2, "fragment offset", $"{Word(at + 2) & ~7}", $"0: a later fragment has no ports"))
                {
                    return Pass(Reason.FragmentRest);
                }

                isFirstFragment |= (Byte(at + 3) & 1) != 0;
            }

            var size = protocol switch
            {
                Fragment => 8,
                Authentication => 4 * (Byte(at + 1) + 2),
                _ => 8 * (Byte(at + 1) + 1),
            };
            if (!Is(size <= rest, at + 1, $"extension header {protocol}, length", $"{size}", $"at most {rest}"))
            {
                return Drop(Reason.Ipv6Chain);
            }

            protocol = Byte(at);
            at += size;
            rest -= size;
        }

        return Is(protocol is ProtocolTcp or ProtocolUdp, null, "protocol", $"{protocol}", $"6 (TCP) or 17 (UDP)")
            ? Ports(at, rest, protocol, destination, isFirstFragment)
            : Pass(Reason.NotGuarded);
    }

    /// <summary>Bytes of a frame in several buffers that the program cannot read.</summary>
    private Judgement Hidden(int at, Reason reason)
    {
        Is(false, at, "readable part of the frame", $"{readable} bytes", $"more");
        return Pass(reason);
    }
}
