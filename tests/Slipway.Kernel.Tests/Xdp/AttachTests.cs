using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Xdp;

public sealed class AttachTests : IDisposable
{
    private readonly Bpffs _bpffs = new();

    public void Dispose() => _bpffs.Dispose();

    [Theory]
    [InlineData(1500)]
    [InlineData(9000)]
    public void A_free_slot_is_taken_in_driver_mode_with_frags_at_any_mtu(int mtu)
    {
        using var wire = new VethPair(mtu);
        var report = wire.Node.Inside(() =>
        {
            using var node = Open();
            return Guard(node).Attach(SlotPolicy.Own);
        });

        Assert.Equal((AttachPlace.Driver, "slw_xdp_frags"), (report.Place, report.Program));
        Assert.Equal((SlotOwnerKind.Slipway, true), (report.Owner.Kind, report.Owner.ByLink));
        // The agent is gone, and the pin keeps it.
        Assert.Contains("slw_xdp_frags", wire.Node.Ip("-d", "link", "show", "dev", VethPair.NodeLink), StringComparison.Ordinal);
    }

    [Fact]
    public void At_mtu_9000_a_program_without_frags_does_not_fit_and_the_report_says_so()
    {
        using var wire = new VethPair(9000);
        var report = wire.Node.Inside(() =>
        {
            using var node = Open();
            return Guard(node).Attach([
                new(AttachPlace.Driver, ProgramVariant.Plain, "a test"),
                new(AttachPlace.Generic, ProgramVariant.Plain, "a test"),
            ]);
        });

        Assert.Equal(AttachPlace.Generic, report.Place);
        Assert.Contains("driver mode without frags: ERANGE", report.Steps[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_driver_that_runs_no_programs_leaves_the_head_of_the_tcx_chain()
    {
        using var alone = new NetworkNamespace();
        var report = alone.Inside(() =>
        {
            using var nics = new Slipway.Xdp.Network.Nics();
            using var node = Open();
            return node.Guard(nics.Find("lo")!).Attach(SlotPolicy.Own);
        });

        Assert.Equal((AttachPlace.Tcx, "slw_tcx"), (report.Place, report.Program));
        Assert.Contains("of lo", report.Steps[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("xdpdrv", true)]
    [InlineData("xdpgeneric", false)]
    public void Another_owner_keeps_the_slot_and_is_named(string mode, bool driver)
    {
        using var wire = new VethPair();
        using var other = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        var pin = Path.Combine(_bpffs.Path, "other");
        Assert.Equal(0, Bpf.TryPin(other.Handle, pin));
        wire.Node.Ip("link", "set", "dev", VethPair.NodeLink, mode, "pinned", pin);

        var report = wire.Node.Inside(() =>
        {
            using var node = Open();
            return Guard(node).Attach(SlotPolicy.Own);
        });

        Assert.Equal(AttachPlace.Tcx, report.Place);
        Assert.Equal((SlotOwnerKind.Cilium, "cil_xdp_entry", false), (report.Owner.Kind, report.Owner.Program, report.Owner.ByLink));
        Assert.Equal(driver, report.Owner.Mode == Slipway.Xdp.Network.XdpMode.Driver);
        Assert.Contains("Cilium's cil_xdp_entry", report.Steps[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_owner_by_link_keeps_the_slot_and_is_named()
    {
        using var wire = new VethPair();
        using var other = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var link = wire.Node.Inside(() => other.Attach(VethPair.NicHere().Index));

        var report = wire.Node.Inside(() =>
        {
            using var node = Open();
            return Guard(node).Attach(SlotPolicy.Own);
        });

        Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Agave, true), (report.Place, report.Owner.Kind, report.Owner.ByLink));
    }

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

            File.Delete(Directory.EnumerateFiles(_bpffs.Path, "slw_peers", SearchOption.AllDirectories).Single());

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
    public void Off_takes_the_filter_away_and_detach_forgets_the_tables_too()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var node = Open())
            {
                var nic = Guard(node);
                nic.Attach(SlotPolicy.Own);

                Assert.Equal(AttachPlace.None, nic.Attach(SlotPolicy.Off).Place);
                Assert.Equal(0u, VethPair.NicHere().Program);
                Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Pins, "nics")));
                nic.Attach(SlotPolicy.Own);
            }

            Assert.True(NodeFilter.DetachAll(Pins));
            Assert.Equal(0u, VethPair.NicHere().Program);
            Assert.Empty(Directory.EnumerateFiles(Pins, "*", SearchOption.AllDirectories));
            Assert.False(NodeFilter.DetachAll(Pins));
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

    [Fact]
    public void An_owner_that_leaves_finds_the_slot_free_when_it_comes_back()
    {
        using var wire = new VethPair();
        using var other = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        wire.Node.Inside(() =>
        {
            using var node = Open();
            var nic = Guard(node);
            using (other.Attach(VethPair.NicHere().Index))
            {
                Assert.Equal(AttachPlace.Tcx, nic.Attach(SlotPolicy.Own).Place);
            }

            Assert.False(nic.IsSettled(SlotPolicy.Own, VethPair.NicHere()));
            var report = nic.Attach(SlotPolicy.Own);
            Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Nobody), (report.Place, report.Owner.Kind));
            Assert.Contains("left to Agave's agave_xdp", report.Why, StringComparison.Ordinal);
            Assert.True(nic.IsSettled(SlotPolicy.Own, VethPair.NicHere()));
            using var again = other.Attach(VethPair.NicHere().Index);
        });
    }

    [Fact]
    public void Without_bpffs_the_error_asks_for_it()
    {
        using var wire = new VethPair();
        var folder = Directory.CreateTempSubdirectory("slipway-no-bpffs-");
        try
        {
            var error = wire.Node.Inside(() => Assert.Throws<XdpException>(() =>
            {
                using var node = NodeFilter.Open(folder.FullName, TheFilter.Object, FilterSizes.Default);
                Guard(node).Attach(SlotPolicy.Own);
            }));

            Assert.Equal(XdpFailureReason.PinsUnusable, error.Reason);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Guard(XdpFilter filter)
    {
        filter.SetPolicy(new FilterPolicy { OwnAddresses = [IPAddress.Parse("10.77.0.1")] });
        filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [8001] = PortRole.Gossip } });
        filter.Mode = FilterMode.Enforce;
    }

    private string Pins => Path.Combine(_bpffs.Path, "slipway");

    private NodeFilter Open() => NodeFilter.Open(Pins, TheFilter.Object, FilterSizes.Default, ProgramVariant.Frags);

    private static GuardedNic Guard(NodeFilter node) => node.Guard(VethPair.NicHere());
}
