using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Benchmarks.Xdp;

/// <summary>
/// Frames that are really sent: a program redirects them into one end of a wire, the receiver at the other end polls on the same
/// CPU. What is told is all that this CPU spends on a packet: sending, the wire, the receiver.
/// </summary>
internal sealed class OnTheWire(Contenders contenders, FilterUnderTest filter)
{
    private const uint DriverMode = 4;
    private const uint Packets = 200_000;
    private const uint Batch = 64;
    private const int Rounds = 7;
    private const int Attempts = 10;

    private static readonly string[] s_nftDrop = ["add table inet bench", "add chain inet bench in { type filter hook prerouting priority raw; }", "add rule inet bench in udp dport 8001 drop"];

    private static readonly string[] s_nftLimit =
    [
        "add table inet bench",
        "add chain inet bench in { type filter hook prerouting priority raw; }",
        "add set inet bench sources { type ipv4_addr; size 65536; flags dynamic; timeout 10s; }",
        "add rule inet bench in udp dport 8001 add @sources { ip saddr limit rate over 1/second } drop",
    ];

    /// <summary>One source first, then sixteen million.</summary>
    public (IReadOnlyList<XdpRow> OneSource, IReadOnlyList<XdpRow> ManySources) Measure() => (Measure(forged: false), Measure(forged: true));

    private List<XdpRow> Measure(bool forged)
    {
        using var wire = new VethPair();
        var to = Convert.FromHexString(wire.Nic.Mac.Replace(":", "", StringComparison.Ordinal));
        byte[] frame = [.. to, .. Xdp.Packets.FromStranger[6..]];
        var sender = contenders.Sender(wire.World.Inside(FarEnd), forged);
        var receivers = Receivers(wire).ToList();
        var found = receivers.Select(_ => new List<double>()).ToList();
        for (var round = 0; round < Rounds; round++)
        {
            for (var at = 0; at < receivers.Count; at++)
            {
                using var standing = Stand(wire, receivers[at]);
                found[at].Add(Send(wire, sender, frame, receivers[at].Name));
            }
        }

        var cost = found.Select(Stopwatches.FasterHalf).ToList();
        return [.. receivers.Select((one, at) => new XdpRow(one.Name, cost[at], cost[at] - cost[0], at == 0 ? null : (cost[at] - cost[0]) / (cost[1] - cost[0])))];
    }

    /// <summary>Once more when the receiver's turn came too late for its ring: only what arrived can be told the cost of.</summary>
    private static double Send(VethPair wire, BpfHandle sender, byte[] frame, string receiver)
    {
        var arrived = 0ul;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (before, cost) = (wire.Nic.Traffic.RxPackets, 0.0);
            wire.World.Inside(() => Stopwatches.OnOneCpu(0, () => cost = Stopwatches.Once(sender, frame, Packets, Bpf.TestRunOnLiveFrames, Batch)));
            arrived = wire.Nic.Traffic.RxPackets - before;
            if (arrived >= Packets)
            {
                return cost;
            }
        }

        throw new InvalidOperationException($"{receiver}: {arrived} of {Packets} frames arrived, {Attempts} times; is this machine busy with something else?");
    }

    private IEnumerable<Receiver> Receivers(VethPair wire)
    {
        yield return new("bare XDP_DROP", contenders.Drop, [], []);
        yield return new("ours", filter.Frags, [], []);
        yield return new("xdp-filter, all features, dropping", contenders.AllFeaturesDenying, [], []);
        yield return new("nft: raw prerouting drop", contenders.Pass, s_nftDrop, []);
        yield return new("nft: limit per source, raw prerouting", contenders.Pass, s_nftLimit, []);
        yield return new("iptables-legacy: raw prerouting DROP", contenders.Pass, [], ["-t", "raw", "-A", "PREROUTING", "-p", "udp", "--dport", "8001", "-j", "DROP"]);
    }

    private static int FarEnd()
    {
        using var nics = new Slipway.Xdp.Network.Nics();
        return nics.Find(VethPair.WorldLink)!.Index;
    }

    /// <summary>Attaches the program and makes the rules; gone with what is returned.</summary>
    private static Standing Stand(VethPair wire, Receiver receiver)
    {
        var nic = (uint)wire.Nic.Index;
        BpfHandle? link = null;
        var errno = wire.Node.Inside(() => Bpf.TryLinkXdp(receiver.Program, nic, DriverMode, out link));
        if (errno != 0)
        {
            throw new InvalidOperationException($"{receiver.Name} was not attached: errno {errno}");
        }

        foreach (var rule in receiver.Nft)
        {
            Tool.RunIn(wire.Node, "nft", "nftables", rule);
        }

        if (receiver.Iptables.Count > 0)
        {
            Tool.RunIn(wire.Node, "iptables-legacy", "iptables", receiver.Iptables);
        }

        return new Standing(wire, receiver, link!);
    }

    private sealed record Receiver(string Name, BpfHandle Program, IReadOnlyList<string> Nft, IReadOnlyList<string> Iptables);

    private sealed class Standing(VethPair wire, Receiver receiver, BpfHandle link) : IDisposable
    {
        public void Dispose()
        {
            link.Dispose();
            if (receiver.Nft.Count > 0)
            {
                wire.Node.Run("nft", "flush", "ruleset");
            }

            if (receiver.Iptables.Count > 0)
            {
                wire.Node.Run("iptables-legacy", "-t", "raw", "-F");
            }
        }
    }
}
