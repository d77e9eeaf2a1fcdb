using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>What an agent finds of the one before, and of what happened to interfaces meanwhile.</summary>
public sealed class NextAgentTests : NodeFilters
{
    [Fact]
    public void The_next_agent_goes_on_with_tables_counters_and_link()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var first = Open())
            {
                Guard(first.Filter);
                Guard(first).Attach(SlotPolicy.Own);
                first.Filter.Judge(ProgramVariant.Frags, Frames.Udp(IPAddress.Parse("203.0.113.7"), IPAddress.Parse("10.77.0.1"), 5000, 8001, Frames.Tagged(99, 40)));
            }

            using var second = Open();
            Assert.True(second.Continued);
            Assert.Equal(FilterMode.Enforce, second.Filter.Mode);
            var report = Guard(second).Attach(SlotPolicy.Own);
            Assert.Contains("swapped", report.Steps[0], StringComparison.Ordinal);
            Assert.Equal(Reason.GossipTag, Assert.Single(second.Filter.Counters(), cell => cell.Verdict == Verdict.Drop).Reason);
        });
    }

    [Fact]
    public void Other_sizes_mean_new_tables_and_the_slot_stays_taken()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var first = Open())
            {
                Guard(first).Attach(SlotPolicy.Own);
            }

            using (var second = NodeFilter.Open(Pins, TheFilter.Object, new FilterSizes { PeerSets = 64 }))
            {
                Assert.False(second.Continued);
                Assert.Equal(AttachPlace.Driver, Guard(second).Attach(SlotPolicy.Own).Place);
            }

            using var third = NodeFilter.Open(Pins, TheFilter.Object, new FilterSizes { PeerSets = 64 });
            Assert.True(third.Continued);
        });
    }

    [Fact]
    public void Two_agents_do_not_work_on_one_node()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using var first = Open();

            Assert.Equal(XdpFailureReason.Locked, Assert.Throws<XdpException>(() => Open()).Reason);
        });
    }

    [Fact]
    public void A_device_that_was_deleted_leaves_a_pin_that_nobody_stumbles_over()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var first = Open())
            {
                Guard(first).Attach(SlotPolicy.Own);
            }

            var mac = VethPair.NicHere().Mac;
            wire.Node.Ip("link", "del", VethPair.NodeLink);
            wire.Node.Ip("link", "add", VethPair.NodeLink, "address", mac, "type", "veth", "peer", "name", VethPair.WorldLink, "netns", wire.World.Path);
            wire.Node.Ip("link", "set", VethPair.NodeLink, "up");

            using var second = Open();
            Assert.Equal(AttachPlace.Driver, Guard(second).Attach(SlotPolicy.Own).Place);
        });
    }

    [Fact]
    public void A_map_pin_that_a_crash_left_alone_is_passed_over()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var first = Open())
            {
                Guard(first).Attach(SlotPolicy.Own);
            }

            File.Delete(Directory.EnumerateFiles(BpfFolder, "slw_peers", SearchOption.AllDirectories).Single());

            using (var second = Open())
            {
                Assert.False(second.Continued);
                Assert.Equal(AttachPlace.Driver, Guard(second).Attach(SlotPolicy.Own).Place);
            }

            using var third = Open();
            Assert.True(third.Continued);
        });
    }

    [Fact]
    public void A_link_is_found_under_a_changed_mac_and_two_devices_of_one_mac_do_not_share_a_folder()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var first = Open())
            {
                Guard(first).Attach(SlotPolicy.Own);
            }

            wire.Node.Ip("link", "set", VethPair.NodeLink, "address", "02:00:00:00:00:77");
            wire.Node.Ip("link", "add", "twin0", "address", "02:00:00:00:00:77", "type", "veth", "peer", "name", "twin1");
            using var second = Open();
            using var nics = new Slipway.Xdp.Network.Nics();
            var known = second.Guard(nics.Find(VethPair.NodeLink)!);
            var twin = second.Guard(nics.Find("twin0")!);
            Assert.Contains("swapped", known.Attach(SlotPolicy.Own).Steps[0], StringComparison.Ordinal);
            Assert.Equal(AttachPlace.Driver, twin.Attach(SlotPolicy.Own).Place);
            using var third = second.Guard(nics.Find("twin1")!);
            Assert.Equal(AttachPlace.Driver, third.Attach(SlotPolicy.Own).Place);
            Assert.Equal(3, Directory.EnumerateFiles(Path.Combine(Pins, "nics"), "xdp", SearchOption.AllDirectories).Count());
        });
    }
}
