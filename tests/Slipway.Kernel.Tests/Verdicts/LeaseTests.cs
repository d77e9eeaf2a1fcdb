using Slipway.Kernel.Tests.Corpus;
using Slipway.Kernel.Tests.Machine;
using Slipway.Kernel.Tests.Running;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Verdicts;

/// <summary>What CPUs pay ahead into the buckets of peers: caps hold over all of them, and most packets write nothing that is shared.</summary>
public sealed class LeaseTests
{
    private const int Cap = 1000, ForTwoCpus = 4;

    private static readonly byte[] Ping = Parcel.Udp("ping", World.Gossip, GossipMessages.Ping(new Dice(1))).From(World.Known, Framing.PlainIpv4);
    private static readonly byte[] StrangersPing = Parcel.Udp("ping", World.Gossip, GossipMessages.Ping(new Dice(1))).From(World.Unknown, Framing.PlainIpv4);

    [Theory]
    [InlineData(true, Reason.SourceLimit)]
    [InlineData(false, Reason.ClassLimit)]
    public void Two_CPUs_let_no_more_through_than_a_cap_and_one_of_them_holds_back_a_sixteenth(bool ofSource, Reason reason)
    {
        using var filter = Capped(PeerGroup.Known, ofSource ? new(Limit.Packets(Cap), Limit.None) : new(Limit.None, Limit.Packets(Cap)));

        var first = PinnedThread.Run(0, () => PassedOf(filter, Cap / 2));
        var second = PinnedThread.Run(1, () => PassedOf(filter, Cap));
        var paidAhead = PinnedThread.Run(0, () => PassedOf(filter, Cap));

        Assert.Equal(Cap / 2, first);
        Assert.InRange(paidAhead, 1, Cap >> ForTwoCpus);
        Assert.Equal(Cap, first + second + paidAhead);
        Assert.Equal(reason, filter.Judge(ProgramVariant.Frags, Ping).Reason);
    }

    [Fact]
    public void A_bucket_that_is_nearly_empty_is_paid_packet_by_packet()
    {
        using var filter = Capped(PeerGroup.Known, new(Limit.Packets(Cap), Limit.None));

        Assert.Equal(7, PinnedThread.Run(0, () => WritesOf(filter, Ping, 7)));
    }

    [Fact]
    public void One_in_dozens_of_a_peers_packets_writes_what_CPUs_share_and_each_of_a_strangers()
    {
        const int packets = 6400;
        var limits = new LimitPair(Limit.Packets(100_000), Limit.Packets(100_000));
        using var peers = Capped(PeerGroup.Known, limits);
        using var strangers = Capped(PeerGroup.Unknown, limits);

        Assert.Equal(2 * packets, PinnedThread.Run(0, () => WritesOf(strangers, StrangersPing, packets)));
        Assert.InRange(PinnedThread.Run(0, () => WritesOf(peers, Ping, packets)), 2 * packets / 64, 4 * packets / 64);
    }

    private static KernelFilter Capped(PeerGroup group, LimitPair limits) => new(World.Tables with
    {
        LeaseShift = ForTwoCpus,
        Limits = new Dictionary<(PortRole, PeerGroup), LimitPair> { [(PortRole.Gossip, group)] = limits },
    });

    /// <summary>How many of these pass before one does not.</summary>
    private static int PassedOf(KernelFilter filter, int packets) =>
        Enumerable.Range(0, packets).TakeWhile(_ => filter.Judge(ProgramVariant.Frags, Ping).Verdict == Verdict.Pass).Count();

    /// <summary>How often a bucket of a source or of a group changes.</summary>
    private static int WritesOf(KernelFilter filter, byte[] frame, int packets)
    {
        using var sources = filter.Map("slw_sources", 2 * 256 * sizeof(ulong));
        using var totals = filter.Map(".data.totals", 12 * 4 * 64);
        var writes = 0;
        for (var number = 0; number < packets; number++)
        {
            byte[] before = [.. sources.Bytes], totalsBefore = [.. totals.Bytes];
            Assert.Equal(Verdict.Pass, filter.Judge(ProgramVariant.Frags, frame).Verdict);
            writes += (sources.Bytes.SequenceEqual(before) ? 0 : 1) + (totals.Bytes.SequenceEqual(totalsBefore) ? 0 : 1);
        }

        return writes;
    }
}
