using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Xdp;

public sealed class LoadingTests
{
    private const uint Drop = 1;
    private const uint Pass = 2;

    public static TheoryData<ProgramVariant> Variants { get; } = [.. Enum.GetValues<ProgramVariant>()];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Every_variant_is_taken_by_the_kernel_by_itself(ProgramVariant variant)
    {
        using var filter = TheFilter.Load(variant);

        Assert.Equal(FilterMode.Off, filter.Mode);
        Assert.Equal(variant == ProgramVariant.Tcx ? uint.MaxValue : Pass, filter.Judge(variant, new byte[64]));
        Assert.Empty(filter.Counters());
    }

    /// <summary>The verifier is two thirds of an agent's start, and what it does is what it walks through, on any machine.</summary>
    [Theory]
    [MemberData(nameof(Variants))]
    public void The_verifier_meets_no_instruction_of_a_variant_more_than_a_few_times(ProgramVariant variant)
    {
        using var filter = TheFilter.Load(variant);

        Assert.InRange(Bpf.ProgramFactsOf(filter.Program(variant)).Verified, 1_000u, 60_000u);
    }

    [Fact]
    public void All_variants_share_one_set_of_tables()
    {
        using var filter = TheFilter.Load([.. Enum.GetValues<ProgramVariant>()]);
        filter.Mode = FilterMode.Observe;

        foreach (var variant in Enum.GetValues<ProgramVariant>())
        {
            filter.Judge(variant, new byte[64]);
        }

        var cell = Assert.Single(filter.Counters());
        Assert.Equal((Reason.NotIp, 5ul, Verdict.Pass), (cell.Reason, cell.Packets, cell.Verdict));
    }

    [Fact]
    public void A_source_is_judged_by_its_class_and_all_classes_change_at_once()
    {
        using var filter = Guarding(8001);
        var ping = Datagram("203.0.113.7", 8001, 132, tag: 4);

        Assert.Equal(Pass, filter.Judge(ProgramVariant.Frags, ping));
        filter.SetPeers([Peer.At(IPAddress.Parse("203.0.113.7"), PeerClass.Banned)]);
        Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, ping));
        filter.SetPeers([new Peer(IPNetwork.Parse("203.0.113.0/24"), PeerClass.Operator)]);
        Assert.Equal(Pass, filter.Judge(ProgramVariant.Frags, ping));
        filter.SetPeers([]);
        Assert.Equal(Pass, filter.Judge(ProgramVariant.Frags, ping));

        Assert.Equal([Reason.Accepted, Reason.FromOperator, Reason.Banned], filter.Counters().Select(cell => cell.Reason).Order());
    }

    [Fact]
    public void Observe_mode_drops_nothing_and_counts_what_it_would_have_dropped()
    {
        using var filter = Guarding(8001);
        filter.Mode = FilterMode.Observe;

        Assert.Equal(Pass, filter.Judge(ProgramVariant.Frags, Datagram("203.0.113.7", 8001, 132, tag: 99)));

        var cell = Assert.Single(filter.Counters());
        Assert.Equal((Verdict.WouldDrop, Reason.GossipTag, PortRole.Gossip, PeerGroup.Unknown), (cell.Verdict, cell.Reason, cell.Role, cell.Group));
    }

    [Fact]
    public void An_agent_that_gave_no_sign_of_life_suspends_what_it_taught_and_nothing_else()
    {
        using var filter = Guarding(8001);
        filter.Beat();
        var unknownTag = Datagram("203.0.113.7", 8001, 132, tag: 99);
        var fromReflector = Datagram("203.0.113.7", 8001, 132, tag: 4, sourcePort: 53);
        Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, unknownTag));

        // One tick at most, and the next look comes more than one tick later.
        filter.HeartbeatLimit = TimeSpan.FromMilliseconds(1);
        Assert.True(SpinWait.SpinUntil(() => filter.Judge(ProgramVariant.Frags, unknownTag) == Pass, TimeSpan.FromSeconds(10)));
        Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, fromReflector));

        filter.HeartbeatLimit = TimeSpan.FromHours(1);
        filter.Beat();
        Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, unknownTag));
    }

    [Fact]
    public void A_hundred_thousand_peers_are_found_and_more_than_there_is_room_for_are_refused_whole()
    {
        using var filter = Guarding(8001);
        var peers = Enumerable.Range(0, 100_000).Select(i => Peer.At(new IPAddress([11, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), PeerClass.Banned)).ToList();

        var fill = filter.SetPeers(peers);

        Assert.Equal(100_000, fill.Peers);
        foreach (var i in Enumerable.Range(0, 1000).Select(i => i * 100))
        {
            Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, Datagram(peers[i].Network.BaseAddress.ToString(), 8001, 132, tag: 4)));
        }

        var tooMany = Assert.Throws<XdpException>(() => filter.SetPeers(Enumerable.Range(0, 1_000_000)
            .Select(i => Peer.At(new IPAddress([12, (byte)(i >> 16), (byte)(i >> 8), (byte)i]), PeerClass.Known))));
        Assert.Equal(XdpFailureReason.TableFull, tooMany.Reason);
        Assert.Equal(Drop, filter.Judge(ProgramVariant.Frags, Datagram("11.0.0.1", 8001, 132, tag: 4)));
    }

    [Fact]
    public void A_drop_in_so_many_leaves_a_sample()
    {
        using var filter = Guarding(8001);
        filter.SampleEvery = 1;

        filter.Judge(ProgramVariant.Frags, Datagram("203.0.113.7", 8001, 132, tag: 99, sourcePort: 4711));

        var sample = Assert.Single(filter.Samples(10));
        Assert.Equal((Verdict.Drop, Reason.GossipTag, (ushort)4711, (ushort)8001), (sample.Verdict, sample.Reason, sample.SourcePort, sample.DestinationPort));
        Assert.Equal(("203.0.113.7", "10.77.0.1"), (sample.Source.ToString(), sample.Destination.ToString()));
        Assert.Empty(filter.Samples(10));
    }

    [Fact]
    public void Strangers_press_on_buckets_and_peers_do_not()
    {
        var generous = new RoleLimits(BucketLimit.Of(1000, 1000), BucketLimit.None);
        using var filter = Guarding(8001, new() { [(PortRole.Gossip, PeerGroup.Unknown)] = generous, [(PortRole.Gossip, PeerGroup.Known)] = generous });
        filter.SetPeers([Peer.At(IPAddress.Parse("203.0.113.7"), PeerClass.Known)]);
        filter.Beat();
        filter.Judge(ProgramVariant.Frags, Datagram("203.0.113.7", 8001, 132, tag: 4));
        Assert.Equal(0, filter.BucketPressure());

        // Two sources a bucket: chance leaves e^-2 of the buckets alone, some 14 %.
        for (var i = 0; i < FilterSizes.Default.SourceBuckets * 2; i++)
        {
            filter.Judge(ProgramVariant.Frags, Datagram($"11.{i >> 16}.{i >> 8 & 255}.{i & 255}", 8001, 132, tag: 4));
        }

        Assert.InRange(filter.BucketPressure(), 0.8, 0.92);
    }

    [Theory]
    [InlineData("no ELF at all")]
    [InlineData("")]
    [InlineData(null)]
    public void A_file_that_is_no_object_is_refused_with_its_reason(string? content)
    {
        Root.Demand();
        var folder = Directory.CreateTempSubdirectory("slipway-object-").FullName;
        var path = Path.Combine(folder, "solana_xdp.bpf.o");
        try
        {
            if (content is not null)
            {
                File.WriteAllText(path, content);
            }

            var error = Assert.Throws<XdpException>(() => XdpFilter.Load(FilterObject.FromFile(path), [ProgramVariant.Frags], FilterSizes.Default));

            Assert.Equal(XdpFailureReason.ObjectDamaged, error.Reason);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static XdpFilter Guarding(ushort port, Dictionary<(PortRole, PeerGroup), RoleLimits>? limits = null)
    {
        var filter = TheFilter.Load(ProgramVariant.Frags);
        filter.SetPolicy(new FilterPolicy { OwnAddresses = [IPAddress.Parse("10.77.0.1")], Limits = limits ?? [] });
        filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [port] = PortRole.Gossip } });
        filter.Mode = FilterMode.Enforce;
        return filter;
    }

    private static byte[] Datagram(string source, ushort port, int payload, uint tag, ushort sourcePort = 5000) =>
        Frames.Udp(IPAddress.Parse(source), IPAddress.Parse("10.77.0.1"), sourcePort, port, Frames.Tagged(tag, payload));
}
