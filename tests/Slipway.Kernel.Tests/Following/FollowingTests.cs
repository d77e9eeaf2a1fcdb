using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Following;

public sealed class FollowingTests : IDisposable
{
    private readonly VethPair _veth = new();
    private readonly Bpffs _bpffs = new();
    private readonly string _pins;

    public FollowingTests() => _pins = Directory.CreateDirectory(Path.Combine(_bpffs.Path, "nic")).FullName;

    [Theory]
    [InlineData("cil_xdp_entry", true, true, "slw_xdp_frags")]
    [InlineData("agave_xdp", false, true, "slw_xdp_plain")]
    [InlineData("", false, false, "slw_xdp_plain0")]
    [InlineData("somebody", true, false, "slw_xdp_frags0")]
    public void The_filter_joins_owners_of_every_kind_and_their_program_still_runs(string name, bool frags, bool typed, string variant)
    {
        using var owner = new OwnerProgram(name, OwnerProgram.Transmit, frags, typed);
        using var link = Attach(owner);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);

        Assert.Equal(new FollowReport(FollowOutcome.Joined, name, owner.Id), follower.Look(_veth.Nic));
        Assert.Equal(new FollowReport(FollowOutcome.InPlace, name, owner.Id), follower.Look(_veth.Nic));

        Assert.Equal(variant, NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());
    }

    [Fact]
    public void An_update_of_the_owners_is_followed()
    {
        using var first = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using var second = new OwnerProgram("cil_xdp_entry", OwnerProgram.Drop);
        using var link = Attach(first);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);
        follower.Look(_veth.Nic);

        OwnerReplaces(link, second);
        Assert.Equal(new FollowReport(FollowOutcome.Joined, "cil_xdp_entry", second.Id), follower.Look(_veth.Nic));

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Drop, VerdictOfSlot());
    }

    [Fact]
    public void An_owner_that_exits_takes_the_filter_with_it_and_can_start_again()
    {
        var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);
        using (Attach(owner))
        {
            follower.Look(_veth.Nic);
        }

        // Whoever walks through the machine's links just then, as another test's follower does, holds this one for that moment.
        Assert.True(SpinWait.SpinUntil(() => _veth.Nic.Program == 0, TimeSpan.FromSeconds(10)), "the filter outlived its owner's link");
        Assert.Equal(FollowOutcome.Free, follower.Look(_veth.Nic).Outcome);
        Assert.Empty(Directory.EnumerateFiles(_pins));
        var dead = owner.Id;
        owner.Dispose();
        Assert.True(SpinWait.SpinUntil(() => IsGone(dead), TimeSpan.FromSeconds(10)), "something of ours keeps the program of an owner that is gone");

        using var next = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var again = Attach(next);
        Assert.Equal(FollowOutcome.Joined, follower.Look(_veth.Nic).Outcome);
    }

    [Fact]
    public void The_owners_program_runs_on_behind_a_filter_whose_agent_died_and_the_next_agent_takes_over()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using var link = Attach(owner);
        using (var dead = Load())
        {
            using var follower = new SlotFollower(dead, _pins);
            follower.Look(_veth.Nic);
        }

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());

        var before = _veth.Nic.Program;
        using var filter = Load();
        using var next = new SlotFollower(filter, _pins);
        var report = next.Look(_veth.Nic);

        Assert.Equal(new FollowReport(FollowOutcome.Joined, "cil_xdp_entry", owner.Id), report);
        Assert.NotEqual(before, _veth.Nic.Program);
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());
        Assert.Single(Directory.EnumerateFiles(_pins));
    }

    [Fact]
    public void Leaving_puts_the_owners_program_back()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);
        follower.Look(_veth.Nic);

        Assert.True(SlotFollower.Leave(_veth.Nic, new NextPins(_pins)));

        Assert.Equal(owner.Id, _veth.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(_pins));
    }

    [Fact]
    public void While_the_slot_is_free_the_filter_guards_in_the_tcx_chain_with_the_same_tables()
    {
        using var node = OpenNode();
        var nic = node.Guard(_veth.Nic);
        node.Filter.Mode = FilterMode.Observe;
        Assert.Equal(AttachPlace.Tcx, Follow(nic).Place);
        Assert.True(nic.IsSettled(0));

        using var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using (Attach(owner))
        {
            Assert.False(nic.IsSettled(owner.Id));
            var report = Follow(nic);
            Assert.Equal((AttachPlace.Followed, "slw_xdp_plain", SlotOwnerKind.Agave), (report.Place, report.Program, report.Owner.Kind));
            Assert.True(nic.IsSettled(_veth.Nic.Program));
            Assert.Empty(Bpf.QueryTcx((uint)_veth.Nic.Index));
            var before = Counted(node.Filter);
            VerdictOfSlot();
            Assert.True(Counted(node.Filter) > before);
        }

        Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Nobody), (Follow(nic).Place, SlotOwner.Of(_veth.Nic).Kind));
    }

    [Fact]
    public void A_slot_of_our_own_is_given_up_for_an_owner_to_follow_and_taken_again()
    {
        using var node = OpenNode();
        var nic = node.Guard(_veth.Nic);
        Assert.Equal(AttachPlace.Driver, _veth.Node.Inside(() => nic.Attach(SlotPolicy.Own)).Place);

        Assert.Equal(AttachPlace.Tcx, Follow(nic).Place);
        Assert.Equal(0u, _veth.Nic.Program);

        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using (Attach(owner))
        {
            Assert.Equal(AttachPlace.Followed, Follow(nic).Place);
            var report = _veth.Node.Inside(() => nic.Attach(SlotPolicy.Own));
            Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Cilium, owner.Id), (report.Place, report.Owner.Kind, _veth.Nic.Program));
        }
    }

    [Fact]
    public void A_filter_in_an_owners_link_is_taken_out_of_it_by_detach_when_no_agent_is_there()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using (var node = OpenNode())
        {
            Assert.Equal(AttachPlace.Followed, Follow(node.Guard(_veth.Nic)).Place);
        }

        Assert.True(_veth.Node.Inside(() => NodeFilter.DetachAll(NodeFolder)));

        Assert.Equal(owner.Id, _veth.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(NodeFolder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Strangers_over_their_limit_are_exiled_also_by_a_filter_that_follows()
    {
        using var node = OpenNode();
        node.Filter.SetPolicy(new FilterPolicy
        {
            OwnAddresses = [IPAddress.Parse("10.77.0.1")],
            Limits = new Dictionary<(PortRole, PeerGroup), RoleLimits> { [(PortRole.Guarded, PeerGroup.Unknown)] = new(BucketLimit.Of(1, 1), BucketLimit.None) },
            ExileCpus = [1],
        });
        node.Filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [8001] = PortRole.Guarded } });
        node.Filter.Mode = FilterMode.Enforce;
        using var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var link = Attach(owner);
        Assert.Equal(AttachPlace.Followed, Follow(node.Guard(_veth.Nic)).Place);
        using var receiver = new UdpInbox(_veth, 8001);

        receiver.Send(20);

        // All of them reach the socket, over another CPU, since the last cap there is not set.
        Assert.Equal(20, receiver.Receive(20));
        Assert.Contains(node.Filter.Counters(), cell => cell is { Reason: Reason.ExileSource, Verdict: Verdict.Exile, Packets: >= 15 });
    }

    [Fact]
    public void Two_that_follow_the_same_slot_do_not_fight()
    {
        using var other = new Bpffs();
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var first = Load();
        using var second = Load();
        using var one = new SlotFollower(first, _pins);
        using var two = new SlotFollower(second, other.Path);
        one.Look(_veth.Nic);
        var before = _veth.Nic.Program;

        Assert.Equal(FollowOutcome.Contested, two.Look(_veth.Nic).Outcome);

        Assert.Equal(before, _veth.Nic.Program);
    }

    [Fact]
    public void An_owner_by_netlink_has_no_link_to_join()
    {
        using var owner = new OwnerProgram("xdp_legacy", OwnerProgram.Pass);
        var pin = Path.Combine(_bpffs.Path, "legacy");
        Assert.Equal(0, Bpf.TryPin(owner.Handle, pin));
        _veth.Node.Ip("link", "set", "dev", VethPair.NodeLink, "xdpdrv", "pinned", pin);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);

        Assert.Equal(new FollowReport(FollowOutcome.NoLink, "xdp_legacy", owner.Id), follower.Look(_veth.Nic));

        Assert.Equal(owner.Id, _veth.Nic.Program);
    }

    [Fact]
    public void A_free_slot_is_left_free()
    {
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);

        Assert.Equal(FollowOutcome.Free, follower.Look(_veth.Nic).Outcome);

        Assert.Equal(0u, _veth.Nic.Program);
    }

    [Theory]
    [InlineData(1500)]
    [InlineData(9000)]
    public void No_packet_is_lost_while_owner_and_filter_swap_programs(int mtu)
    {
        using var veth = new VethPair(mtu);
        using var first = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var second = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(veth, first);
        using var filter = Load();
        using var follower = new SlotFollower(filter, _pins);
        using var stream = new MustPassStream(veth);

        for (var swap = 0; swap < 6; swap++)
        {
            Assert.Equal(FollowOutcome.Joined, follower.Look(veth.Nic).Outcome);
            stream.Advance(1000);
            OwnerReplaces(link, swap % 2 == 0 ? second : first);
            stream.Advance(1000);
        }

        var (sent, received) = stream.Finish();
        Assert.True(sent >= 12_000);
        Assert.Equal(sent, received);
    }

    public void Dispose()
    {
        _veth.Dispose();
        _bpffs.Dispose();
    }

    private static XdpFilter Load()
    {
        var filter = TheFilter.Load();
        filter.Mode = FilterMode.Enforce;
        return filter;
    }

    private static bool IsGone(uint program)
    {
        using var found = Bpf.OpenProgram(program);
        return found is null;
    }

    private string NodeFolder => Path.Combine(_bpffs.Path, "slipway");

    private NodeFilter OpenNode() => NodeFilter.Open(NodeFolder, TheFilter.Object, FilterSizes.Default);

    private AttachReport Follow(GuardedNic nic) => _veth.Node.Inside(() => nic.Attach(SlotPolicy.Follow));

    private static ulong Counted(XdpFilter filter) => filter.Counters().Aggregate(0ul, (sum, cell) => sum + cell.Packets);

    private BpfHandle Attach(OwnerProgram owner) => Attach(_veth, owner);

    private static BpfHandle Attach(VethPair veth, OwnerProgram owner)
    {
        var nic = veth.Nic.Index;
        return veth.Node.Inside(() => owner.Attach(nic));
    }

    /// <summary>As Cilium does on each regeneration: without a look at what is there.</summary>
    private static void OwnerReplaces(BpfHandle link, OwnerProgram program)
    {
        using var current = Bpf.OpenProgram(Bpf.LinkFactsOf(link).ProgramId)!;
        Assert.Equal(0, Bpf.TryLinkReplace(link, program.Handle, current));
    }

    private string NameOfProgramInSlot()
    {
        using var program = Bpf.OpenProgram(_veth.Nic.Program)!;
        return Bpf.ProgramFactsOf(program).Name;
    }

    /// <summary>What becomes of a frame that the filter lets pass.</summary>
    private uint VerdictOfSlot()
    {
        using var program = Bpf.OpenProgram(_veth.Nic.Program)!;
        Assert.Equal(0, Bpf.TryTestRun(program, new byte[64], [], [], 1, 0, 0, out var verdict, out _, out _));
        return verdict;
    }
}
