using Slipway.Xdp.Interop;

namespace Slipway.Benchmarks.Xdp;

/// <summary>The cost of the programs alone, on packets that are in the cache.</summary>
internal sealed class InProgram(Contenders contenders, FilterUnderTest filter, FilterUnderTest capped)
{
    public IReadOnlyList<XdpRow> Measure()
    {
        var (drop, all, udp, frags) = (contenders.Drop, contenders.AllFeatures, contenders.UdpOnly, filter.Frags);
        var cases = new List<(string Name, BpfHandle Program, byte[] Frame)>
        {
            ("bare XDP_DROP", drop, Packets.FromStakeholder),
            ("bare XDP_PASS", contenders.Pass, Packets.FromStakeholder),
            ("a hundred instructions", contenders.Hundred, Packets.FromStakeholder),
            ("xdp-filter, all features", all, Packets.FromStakeholder),
            ("xdp-filter, UDP only", udp, Packets.FromStakeholder),
            ("ours: stakeholder's gossip", frags, Packets.FromStakeholder),
            ("ours: the same, counted against caps", capped.Frags, Packets.FromStakeholder),
            ("ours: the same, without frags", filter.Plain, Packets.FromStakeholder),
            ("ours: the same in a VLAN", frags, Packets.Tagged),
            ("ours: malformed gossip, dropped", frags, Packets.Malformed),
            ("ours: another port", frags, Packets.OtherPort),
            ("ours: another host", frags, Packets.OtherHost),
            ("ours: stranger over its limit, dropped", frags, Packets.FromStranger),
            ("ours: stranger's shred within limits", frags, Packets.Shred),
            ("ours: RPC SYN over its limit, dropped", frags, Packets.Syn),
            ("ours: IPv6 stranger over its limit, dropped", frags, Packets.Ipv6),
        };
        var forged = new List<(string Name, BpfHandle Program, byte[] Frame)>
        {
            ("16 M sources: bare XDP_DROP", contenders.Forged(drop, frags: false), Packets.FromStranger),
            ("16 M sources: xdp-filter, all features", contenders.Forged(all, frags: false), Packets.FromStranger),
            ("16 M sources: ours", contenders.Forged(frags, frags: true), Packets.FromStranger),
        };
        var found = Stopwatches.Run([.. cases.Concat(forged).Select(one => (one.Program, one.Frame))]);
        return [.. Rows(cases, found, 0, 3), .. Rows(forged, found[cases.Count..], 0, 1)];
    }

    private static IEnumerable<XdpRow> Rows(List<(string Name, BpfHandle Program, byte[] Frame)> cases, double[] found, int bare, int other) =>
        cases.Select((one, at) => new XdpRow(
            one.Name, found[at], found[at] - found[bare], at > other ? (found[at] - found[bare]) / (found[other] - found[bare]) : null));
}
