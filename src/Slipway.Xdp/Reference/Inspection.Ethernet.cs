namespace Slipway.Xdp.Reference;

internal sealed partial class Inspection
{
    private const int TypeIpv4 = 0x0800, TypeIpv6 = 0x86DD, TypeVlan = 0x8100, TypeServiceVlan = 0x88A8;
    private const int MostTags = 2;

    /// <summary>Rules 1 and 2: the mode, and what lies under Ethernet and at most two VLAN tags.</summary>
    public Judgement Run()
    {
        if (!Is(tables.Mode is FilterMode.Observe or FilterMode.Enforce, null, "mode", $"{tables.Mode}", $"Observe or Enforce"))
        {
            return new Judgement(Verdict.Pass, PortRole.None, PeerClass.Unknown, Reason: null);
        }

        if (!Is(Sees(0, 14), 0, "frame", $"{Length} bytes", $"at least 14"))
        {
            return Pass(Reason.NotIp);
        }

        var at = 14;
        var type = Word(12);
        for (var tags = 0; tags < MostTags && type is TypeVlan or TypeServiceVlan; tags++)
        {
            if (!Is(Sees(at, 4), at, "VLAN tag", $"{Left(at)} bytes", $"at least 4"))
            {
                return Pass(Reason.NotIp);
            }

            Note(at, "VLAN", $"{Word(at) & 0xFFF}");
            type = Word(at + 2);
            at += 4;
        }

        Is(type is TypeIpv4 or TypeIpv6, at - 2, "Ethernet type", $"0x{type:X4}", $"0x0800 (IPv4) or 0x86DD (IPv6)");
        return type switch
        {
            TypeIpv4 => Ipv4(at),
            TypeIpv6 => Ipv6(at),
            _ => Pass(Reason.NotIp),
        };
    }
}
