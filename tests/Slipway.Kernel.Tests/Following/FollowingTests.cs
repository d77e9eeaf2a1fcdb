using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;

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
        var follower = new SlotFollower(filter, _pins);

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
        var follower = new SlotFollower(filter, _pins);
        follower.Look(_veth.Nic);

        OwnerReplaces(link, second);
        Assert.Equal(new FollowReport(FollowOutcome.Joined, "cil_xdp_entry", second.Id), follower.Look(_veth.Nic));

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Drop, VerdictOfSlot());
    }

    [Fact]
    public void An_owner_that_exits_takes_the_filter_with_it_and_can_start_again()
    {
        using var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var filter = Load();
        var follower = new SlotFollower(filter, _pins);
        using (Attach(owner))
        {
            follower.Look(_veth.Nic);
        }

        Assert.Equal(0u, _veth.Nic.Program);
        Assert.Equal(FollowOutcome.Free, follower.Look(_veth.Nic).Outcome);
        Assert.Empty(Directory.EnumerateFiles(_pins));
        Assert.Null(NextSlot.Open(filter.Maps[ProgramNames.NextMap(ProgramVariant.Plain)]));

        using var again = Attach(owner);
        Assert.Equal(FollowOutcome.Joined, follower.Look(_veth.Nic).Outcome);
    }

    [Fact]
    public void The_owners_program_runs_on_behind_a_filter_whose_agent_died_and_the_next_agent_takes_over()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using var link = Attach(owner);
        using (var dead = Load())
        {
            new SlotFollower(dead, _pins).Look(_veth.Nic);
        }

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());

        var before = _veth.Nic.Program;
        using var filter = Load();
        var report = new SlotFollower(filter, _pins).Look(_veth.Nic);

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
        var follower = new SlotFollower(filter, _pins);
        follower.Look(_veth.Nic);

        Assert.True(follower.Leave(_veth.Nic));

        Assert.Equal(owner.Id, _veth.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(_pins));
    }

    [Fact]
    public void While_the_slot_is_free_the_filter_guards_in_the_tcx_chain_with_the_same_tables()
    {
        using var guard = OpenGuard();
        Assert.Equal(AttachPlace.Tcx, _veth.Node.Inside(() => guard.Attach(SlotPolicy.Tcx)).Place);
        using var follower = SlotFollower.Beside(guard, TheFilter.Object, FilterSizes.Default);
        Assert.Equal(FollowOutcome.Free, follower.Look(_veth.Nic).Outcome);
        guard.Filter.Mode = FilterMode.Observe;

        using var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using (Attach(owner))
        {
            Assert.Equal(FollowOutcome.Joined, follower.Look(_veth.Nic).Outcome);
            guard.StandAside();
            var before = guard.Filter.Counters().Aggregate(0ul, (sum, cell) => sum + cell.Packets);
            VerdictOfSlot();
            Assert.True(guard.Filter.Counters().Aggregate(0ul, (sum, cell) => sum + cell.Packets) > before);
        }

        Assert.Equal(FollowOutcome.Free, follower.Look(_veth.Nic).Outcome);
        Assert.Equal(AttachPlace.Tcx, _veth.Node.Inside(() => guard.Attach(SlotPolicy.Tcx)).Place);
    }

    [Fact]
    public void Two_that_follow_the_same_slot_do_not_fight()
    {
        using var other = new Bpffs();
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var first = Load();
        using var second = Load();
        new SlotFollower(first, _pins).Look(_veth.Nic);
        var before = _veth.Nic.Program;

        Assert.Equal(FollowOutcome.Contested, new SlotFollower(second, other.Path).Look(_veth.Nic).Outcome);

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

        Assert.Equal(
            new FollowReport(FollowOutcome.NoLink, "xdp_legacy", owner.Id),
            new SlotFollower(filter, _pins).Look(_veth.Nic));

        Assert.Equal(owner.Id, _veth.Nic.Program);
    }

    [Fact]
    public void A_free_slot_is_left_free()
    {
        using var filter = Load();

        Assert.Equal(FollowOutcome.Free, new SlotFollower(filter, _pins).Look(_veth.Nic).Outcome);

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
        var follower = new SlotFollower(filter, _pins);
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
        var filter = TheFilter.Load([.. ProgramNames.XdpVariants]);
        filter.Mode = FilterMode.Enforce;
        return filter;
    }

    private GuardedNic OpenGuard()
    {
        var nic = _veth.Nic;
        return _veth.Node.Inside(() => GuardedNic.Open(nic, TheFilter.Object, FilterSizes.Default, _bpffs.Path));
    }

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
