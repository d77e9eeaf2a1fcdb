using Slipway.Kernel.Tests.Corpus;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Tests.Xdp.Reference;

public sealed class ReferenceFilterTests
{
    private static readonly Dice Dice = new(7);
    private static readonly byte[] Ping = Parcel.Udp("ping", World.Gossip, GossipMessages.Ping(Dice)).From(World.Unknown, Framing.PlainIpv4);
    private static readonly byte[] BadTag = Parcel.Udp("junk", World.Gossip, GossipMessages.Tagged(Dice, 77, 132)).From(World.Unknown, Framing.PlainIpv4);
    private static readonly byte[] Lying = Parcel.Udp("ping", World.Gossip, []).From(World.Unknown, Framing.WithShape("", new Ipv4Shape { Version = 5 }));

    [Fact]
    public void Off_passes_everything_and_counts_nothing() =>
        Assert.Equal(new Judgement(Verdict.Pass, PortRole.None, PeerClass.Unknown, Reason: null), new ReferenceFilter(World.Tables with { Mode = FilterMode.Off }).Judge(BadTag));

    [Fact]
    public void Observing_says_what_it_would_drop_and_passes_it() =>
        Assert.Equal((Verdict.WouldDrop, Reason.GossipTag), Outcome(World.Tables with { Mode = FilterMode.Observe }, BadTag));

    [Fact]
    public void A_silent_agent_suspends_content_rules_and_limits_and_nothing_else()
    {
        var silent = World.Tables with { AgentIsSilent = true };
        Assert.Equal((Verdict.WouldDrop, Reason.GossipTag), Outcome(silent, BadTag));
        Assert.Equal((Verdict.Drop, Reason.IpHeader), Outcome(silent, Lying));
        Assert.Equal((Verdict.WouldDrop, Reason.SourceLimit), Outcome(silent with { Limits = Gossip(source: 0.5) }, Ping));
    }

    [Fact]
    public void A_source_gets_its_burst_and_then_what_drains_a_tick()
    {
        var filter = new ReferenceFilter(World.Tables with { Limits = Gossip(source: 3, drain: Limit.UnitsPerPacket / 2) });
        var buckets = new Buckets();
        var passed = Enumerable.Range(0, 10).Count(_ => filter.Judge(Ping, buckets, tick: 100).Verdict == Verdict.Pass);
        Assert.Equal(3, passed);
        Assert.Equal(Verdict.Drop, filter.Judge(Ping, buckets, tick: 101).Verdict);
        Assert.Equal(Verdict.Pass, filter.Judge(Ping, buckets, tick: 102).Verdict);
        Assert.Equal(Verdict.Drop, filter.Judge(Ping, buckets, tick: 102).Verdict);
    }

    [Fact]
    public void The_clock_may_wrap()
    {
        var filter = new ReferenceFilter(World.Tables with { Limits = Gossip(source: 1, drain: Limit.UnitsPerPacket / 4) });
        var buckets = new Buckets();
        Assert.Equal(Verdict.Pass, filter.Judge(Ping, buckets, tick: uint.MaxValue).Verdict);
        Assert.Equal(Verdict.Drop, filter.Judge(Ping, buckets, tick: 2).Verdict);
        Assert.Equal(Verdict.Pass, filter.Judge(Ping, buckets, tick: 3).Verdict);
    }

    [Fact]
    public void A_flood_from_ever_new_sources_meets_the_limit_of_all_strangers_together_and_peers_do_not()
    {
        var hash = new SourceHash(Salt: 1, Factor: 0x9E3779B97F4A7C15, SourceMask: 0xFFFF);
        var filter = new ReferenceFilter(World.Tables with { Limits = Gossip(source: 5, total: 100), Hash = hash });
        var buckets = new Buckets();
        var passed = 0;
        for (var sender = 0; sender < 1000; sender++)
        {
            var stranger = World.Unknown with { Ipv4 = new([100, 0, (byte)(sender >> 8), (byte)sender]) };
            passed += filter.Judge(Parcel.Udp("", World.Gossip, GossipMessages.Ping(Dice)).From(stranger, Framing.PlainIpv4), buckets).Verdict == Verdict.Pass ? 1 : 0;
        }

        Assert.Equal(100, passed);
        Assert.Equal(Verdict.Pass, filter.Judge(Parcel.Udp("", World.Gossip, GossipMessages.Ping(Dice)).From(World.Staked, Framing.PlainIpv4), buckets).Verdict);
    }

    [Fact]
    public void A_stakeholders_own_limit_doubles_with_each_step_of_weight()
    {
        var limits = new Dictionary<(PortRole, PeerGroup), LimitPair> { [(PortRole.Gossip, PeerGroup.Staked)] = new(Limit.Packets(2), Limit.None) };
        var filter = new ReferenceFilter(World.Tables with { Limits = limits });
        var buckets = new Buckets();
        var ping = Parcel.Udp("", World.Gossip, GossipMessages.Ping(Dice)).From(World.Staked, Framing.PlainIpv4);
        Assert.Equal(2 << World.Staked.Meta.Weight, Enumerable.Range(0, 100).Count(_ => filter.Judge(ping, buckets).Verdict == Verdict.Pass));
    }

    [Fact]
    public void What_all_strangers_together_are_refused_costs_none_of_them_its_own_allowance()
    {
        var limits = new LimitPair(Limit.Packets(3), new Limit(2 * Limit.UnitsPerPacket, 2 * Limit.UnitsPerPacket));
        var filter = new ReferenceFilter(World.Tables with { Limits = new Dictionary<(PortRole, PeerGroup), LimitPair> { [(PortRole.Gossip, PeerGroup.Unknown)] = limits } });
        var buckets = new Buckets();
        Reason?[] Judged(int packets, uint tick) => [.. Enumerable.Range(0, packets).Select(_ => filter.Judge(Ping, buckets, tick).Reason)];

        Assert.Equal([Reason.Accepted, Reason.Accepted, Reason.ClassLimit, Reason.ClassLimit, Reason.ClassLimit], Judged(5, tick: 0));
        Assert.Equal([Reason.Accepted, Reason.SourceLimit], Judged(2, tick: 1));
    }

    [Fact]
    public void A_CPU_gets_all_of_a_peers_burst_though_it_pays_ahead()
    {
        var limits = new Dictionary<(PortRole, PeerGroup), LimitPair> { [(PortRole.Gossip, PeerGroup.Known)] = new(Limit.Packets(1000), Limit.Packets(900)) };
        var filter = new ReferenceFilter(World.Tables with { Limits = limits });
        var buckets = new Buckets();
        var ping = Parcel.Udp("", World.Gossip, GossipMessages.Ping(Dice)).From(World.Known, Framing.PlainIpv4);

        var judgements = Enumerable.Range(0, 1000).Select(_ => filter.Judge(ping, buckets)).ToList();

        Assert.Equal(900, judgements.TakeWhile(judgement => judgement.Verdict == Verdict.Pass).Count());
        Assert.All(judgements.Skip(900), judgement => Assert.Equal(Reason.ClassLimit, judgement.Reason));
    }

    [Fact]
    public void Exile_takes_what_strangers_send_beyond_their_limits_and_only_in_the_driver()
    {
        var tables = World.Tables with { Limits = Gossip(source: 0.5), ExileCpus = [1] };
        Assert.Equal((Verdict.Exile, Reason.ExileSource), Outcome(tables, Ping));
        Assert.Equal((Verdict.Drop, Reason.SourceLimit), Outcome(tables, Ping, Hook.Tcx));
        Assert.Equal((Verdict.Exile, Reason.ExileClass), Outcome(tables with { Limits = Gossip(total: 0.5) }, Ping));
    }

    [Fact]
    public void Bytes_that_the_program_cannot_read_condemn_nobody()
    {
        var filter = new ReferenceFilter(World.Tables);
        Assert.Equal(Reason.NotIp, filter.Judge(BadTag, readable: 33, buckets: null, tick: 0).Reason);
        Assert.Equal(Reason.NotGuarded, filter.Judge(BadTag, readable: 37, buckets: null, tick: 0).Reason);
        Assert.Equal(Reason.Accepted, filter.Judge(BadTag, readable: 45, buckets: null, tick: 0).Reason);
        Assert.Equal(Reason.GossipTag, filter.Judge(BadTag, readable: 46, buckets: null, tick: 0).Reason);
    }

    [Fact]
    public void An_explanation_ends_with_what_decided()
    {
        var (judgement, steps) = new ReferenceFilter(World.Tables).Explain(BadTag);
        Assert.Equal(new Judgement(Verdict.Drop, PortRole.Gossip, PeerClass.Unknown, Reason.GossipTag), judgement);
        var tag = Assert.Single(steps, step => !step.Holds);
        Assert.Equal(new ExplainStep(42, "gossip tag", "77", "0 to 5", Holds: false), tag);
        Assert.Contains(steps, step => step is { Offset: 30, Field: "destination", Found: "203.0.113.10", Holds: true });
    }

    [Fact]
    public void An_explanation_comes_to_the_same_as_the_verdict()
    {
        var filter = new ReferenceFilter(World.Tables);
        Assert.All(PacketCorpus.Foreign(3).Concat(BadFrames.All(new Dice(3))), sample => Assert.Equal(filter.Judge(sample.Frame), filter.Explain(sample.Frame).Judgement));
    }

    private static (Verdict, Reason?) Outcome(FilterTables tables, byte[] frame, Hook hook = Hook.Xdp)
    {
        var judgement = new ReferenceFilter(tables, hook).Judge(frame, new Buckets());
        return (judgement.Verdict, judgement.Reason);
    }

    /// <summary>Limits of strangers on gossip, in packets; 0 is none.</summary>
    private static Dictionary<(PortRole, PeerGroup), LimitPair> Gossip(double source = 0, double total = 0, uint drain = 0) =>
        new() { [(PortRole.Gossip, PeerGroup.Unknown)] = new(new Limit(drain, Units(source)), new Limit(source == 0 ? drain : 0, Units(total))) };

    private static uint Units(double packets) => (uint)(packets * Limit.UnitsPerPacket);
}
