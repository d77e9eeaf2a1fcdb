using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Agent.Stake;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Floods;

/// <summary>
/// A flood from random sources into one ring of 256 slots, on a node that tracks connections as every Kubernetes node does: the
/// CPU that empties the ring is the bottleneck, and a stakeholder's packets are lost before anything can look at them, unless the
/// flood costs next to nothing. The limits are those of an agent that was told none.
/// </summary>
[Collection(nameof(Alone))]
public sealed class FloodTests
{
    private const ushort Port = 8001;
    private const uint PacketsPerRound = 400_000;
    private const uint Batch = 16;
    private const uint WeakestFlood = 800_000; // packets a second
    private const uint StrongestFlood = 4_000_000;
    private const int FewestRounds = 5;
    private const int MostRounds = 20;
    private const double LeastLostUnprotected = 0.5;
    private const double MostLost = 0.07;
    private const int LongestWait = 100; // microseconds, for 99 of 100 that arrive
    private const int AttachBpf = 50; // SO_ATTACH_BPF

    private static readonly IPAddress s_node = IPAddress.Parse("10.77.0.1");
    private static readonly IPAddress s_stakeholder = IPAddress.Parse("10.77.0.2");

    [Fact]
    public void A_flood_that_takes_most_of_an_unprotected_stakeholders_packets_takes_few_when_the_filter_is_on()
    {
        using var veth = new VethPair();
        veth.Node.Ip("route", "add", "default", "via", "10.77.0.2");
        TrackConnections(veth);
        using var filter = Guard();
        using var link = Attach(veth, filter);
        EmptyTheRingOnItsOwnCpu(veth);
        using var programs = new FloodPrograms();
        using var sink = Sink(veth, programs);

        // What this machine makes of fifty thousand packets a second and nothing else: its own share of every delay.
        var calm = Send(veth, programs, packets: 10_000, every: 1, perSecond: 50_000);
        filter.Mode = FilterMode.Off;
        Flood(veth, programs, WeakestFlood); // fills the table of connections, which is costlier when it is full
        var rounds = new List<(Round Unprotected, Round Guarded)>();
        // Flooded as hard as it takes and no harder: a sender that is all haste measures the wire. Whoever else uses this
        // machine's caches and bus can only make a guarded round worse: what one shows, the filter can do.
        for (var strength = WeakestFlood; strength < StrongestFlood && rounds.Count < MostRounds && !(rounds.Count >= FewestRounds && rounds.Any(IsGood));)
        {
            filter.Mode = FilterMode.Off;
            var unprotected = Flood(veth, programs, strength);
            if (unprotected.Lost <= LeastLostUnprotected)
            {
                strength += strength / 8;
                continue;
            }

            filter.Mode = FilterMode.Enforce;
            rounds.Add((unprotected, Flood(veth, programs, strength)));
        }

        var told = $"calm: {calm}{Environment.NewLine}{string.Join(Environment.NewLine, rounds.Select(round => $"unprotected: {round.Unprotected}; guarded: {round.Guarded}"))}";
        TestContext.Current.TestOutputHelper?.WriteLine(told);
        Assert.True(rounds.Count >= FewestRounds, $"no flood is strong enough to prove anything: {told}");
        Assert.True(rounds.Any(IsGood), $"no round lost at most {MostLost:P0} and had 99 of 100 within {LongestWait} us: {told}");
        // And the usual round, against this run's own unprotected packets.
        Assert.True(Median(rounds, round => round.Guarded.Lost) < Median(rounds, round => round.Unprotected.Lost) / 4, told);
        Assert.True(Median(rounds, round => round.Guarded.Within99) < Median(rounds, round => round.Unprotected.Within50), told);
        Assert.Contains(filter.Counters(), cell => cell is { Reason: Reason.ClassLimit, Verdict: Verdict.Drop, Group: PeerGroup.Unknown });
        Assert.DoesNotContain(filter.Counters(), cell => cell is { Group: PeerGroup.Staked, Verdict: not Verdict.Pass });
    }

    private static bool IsGood((Round Unprotected, Round Guarded) round) => round.Guarded.Lost <= MostLost && round.Guarded.Within99 < LongestWait;

    private static double Median(List<(Round Unprotected, Round Guarded)> rounds, Func<(Round Unprotected, Round Guarded), double> figure) =>
        rounds.Select(figure).Order().ElementAt(rounds.Count / 2);

    private static void TrackConnections(VethPair veth)
    {
        veth.Node.Run("nft", "add table ip node");
        veth.Node.Run("nft", "add chain ip node in { type filter hook input priority filter; }");
        veth.Node.Run("nft", "add rule ip node in ct state established,related accept");
    }

    private static XdpFilter Guard()
    {
        var filter = TheFilter.Load(ProgramVariant.Frags);
        filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [Port] = PortRole.Gossip } });
        filter.SetPeers([Peer.At(s_stakeholder, PeerClass.Staked)]);
        var config = AgentConfig.Default with { OwnAddresses = [s_node] };
        var stake = StakeTable.Empty with { Stakes = [StakedAddress.Of(s_stakeholder, lamports: 1)] };
        filter.SetPolicy(PlannedPolicy.Of(FilterPlan.Of(config, stake, []), config));
        return filter;
    }

    private static BpfHandle Attach(VethPair veth, XdpFilter filter)
    {
        const uint driverMode = 4;
        var nic = (uint)veth.Nic.Index;
        BpfHandle? link = null;
        Assert.Equal(0, veth.Node.Inside(() => Bpf.TryLinkXdp(filter.Program(ProgramVariant.Frags), nic, driverMode, out link)));
        return link!;
    }

    /// <summary>The thread that polls the ring gets CPU 1 before anything else there; the flood comes from CPU 0.</summary>
    private static void EmptyTheRingOnItsOwnCpu(VethPair veth)
    {
        veth.Node.Run("unshare", "--mount", "sh", "-c", $"mount -t sysfs sysfs /sys && echo 1 > /sys/class/net/{VethPair.NodeLink}/threaded");
        var poller = Directory.EnumerateDirectories("/proc")
            .Where(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out _))
            .Where(process => NameOf(process).StartsWith($"napi/{VethPair.NodeLink}-", StringComparison.Ordinal))
            .Select(process => Path.GetFileName(process)!)
            .MaxBy(int.Parse);
        Assert.NotNull(poller);
        Programs.Run("taskset", ["-p", "-c", "1", poller]);
        Programs.Run("chrt", ["--fifo", "-p", "2", poller]);
    }

    private static string NameOf(string process)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "comm"));
        }
        catch (IOException)
        {
            // It ended while we looked.
            return "";
        }
    }

    private static unsafe Socket Sink(VethPair veth, FloodPrograms programs)
    {
        var sink = veth.Node.Inside(() => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp));
        sink.Bind(new IPEndPoint(s_node, Port));
        var fd = programs.Counter.Fd;
        sink.SetRawSocketOption(1, AttachBpf, new ReadOnlySpan<byte>(&fd, sizeof(int)));
        return sink;
    }

    private static Round Flood(VethPair veth, FloodPrograms programs, uint perSecond) => Send(veth, programs, PacketsPerRound, every: 500, perSecond);

    private static Round Send(VethPair veth, FloodPrograms programs, uint packets, uint every, uint perSecond)
    {
        var frame = Frames.Udp(s_stakeholder, s_node, 5000, Port, Frames.Tagged(4, 132));
        Convert.FromHexString(veth.Nic.Mac.Replace(":", "", StringComparison.Ordinal)).CopyTo(frame, 0);
        programs.Reset();
        programs.Shared.Every = every;
        programs.Shared.Interval = 1_000_000_000 / perSecond;
        programs.Shared.Source = MemoryMarshal.Read<uint>(s_stakeholder.GetAddressBytes());
        programs.Shared.Interface = veth.World.Inside(() =>
        {
            using var nics = new Slipway.Xdp.Network.Nics();
            return (ulong)nics.Find(VethPair.WorldLink)!.Index;
        });
        var errno = veth.World.Inside(() =>
        {
            using var quiet = new QuietCpu(cpu: 1);
            Machine.Libc.StayOn(cpu: 0);
            Machine.Libc.Before(priority: 1);
            var result = Bpf.TryTestRun(programs.Sender, frame, [], [], packets, Bpf.TestRunOnLiveFrames, every == 1 ? 1 : Batch, out _, out _, out _);
            Machine.Libc.Before(priority: 0);
            return result;
        });
        Assert.Equal(0, errno);

        // The ring is empty when nothing has arrived between two looks.
        var seen = ulong.MaxValue;
        SpinWait.SpinUntil(
            () =>
            {
                GracePeriod.Pass();
                var now = programs.Shared.Arrived + programs.Shared.Others;
                (var still, seen) = (now == seen, now);
                return still;
            },
            TimeSpan.FromSeconds(5));
        var state = programs.Shared;
        Assert.Equal(packets, state.Sent);
        return new Round(perSecond, 1 - state.Arrived / (double)state.Probes, programs.Within(0.5), programs.Within(0.99));
    }

    /// <param name="PerSecond">Packets sent, of which one in some hundred is a probe.</param>
    /// <param name="Lost">The share of probes that did not arrive.</param>
    /// <param name="Within50">Microseconds within which half of the others did.</param>
    /// <param name="Within99">Microseconds within which 99 of 100 did.</param>
    private sealed record Round(uint PerSecond, double Lost, int Within50, int Within99)
    {
        public override string ToString() =>
            string.Create(CultureInfo.InvariantCulture, $"{PerSecond / 1e6:0.0} M packets/s, {Lost:P1} lost, {Within50}/{Within99} us");
    }
}
