using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Following;

/// <summary>A follower and the owner of one slot.</summary>
public sealed class FollowingTests : FollowedSlot
{
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
        using var follower = new SlotFollower(filter, Pins);

        Assert.Equal(new FollowReport(FollowOutcome.Joined, name, owner.Id), follower.Look(Veth.Nic));
        Assert.Equal(new FollowReport(FollowOutcome.InPlace, name, owner.Id), follower.Look(Veth.Nic));

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
        using var follower = new SlotFollower(filter, Pins);
        follower.Look(Veth.Nic);

        OwnerReplaces(link, second);
        Assert.Equal(new FollowReport(FollowOutcome.Joined, "cil_xdp_entry", second.Id), follower.Look(Veth.Nic));

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Drop, VerdictOfSlot());
    }

    [Fact]
    public void An_owner_that_exits_takes_the_filter_with_it_and_can_start_again()
    {
        var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var filter = Load();
        using var follower = new SlotFollower(filter, Pins);
        using (Attach(owner))
        {
            follower.Look(Veth.Nic);
        }

        // Whoever walks through the machine's links just then, as another test's follower does, holds this one for that moment.
        Assert.True(SpinWait.SpinUntil(() => Veth.Nic.Program == 0, TimeSpan.FromSeconds(10)), "the filter outlived its owner's link");
        Assert.Equal(FollowOutcome.Free, follower.Look(Veth.Nic).Outcome);
        Assert.Empty(Directory.EnumerateFiles(Pins));
        var dead = owner.Id;
        owner.Dispose();
        Assert.True(SpinWait.SpinUntil(() => IsGone(dead), TimeSpan.FromSeconds(10)), "something of ours keeps the program of an owner that is gone");

        using var next = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using var again = Attach(next);
        Assert.Equal(FollowOutcome.Joined, follower.Look(Veth.Nic).Outcome);
    }

    [Fact]
    public void The_owners_program_runs_on_behind_a_filter_whose_agent_died_and_the_next_agent_takes_over()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using var link = Attach(owner);
        using (var dead = Load())
        {
            using var follower = new SlotFollower(dead, Pins);
            follower.Look(Veth.Nic);
        }

        Assert.Equal("slw_xdp_frags", NameOfProgramInSlot());
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());

        var before = Veth.Nic.Program;
        using var filter = Load();
        using var next = new SlotFollower(filter, Pins);
        var report = next.Look(Veth.Nic);

        Assert.Equal(new FollowReport(FollowOutcome.Joined, "cil_xdp_entry", owner.Id), report);
        Assert.NotEqual(before, Veth.Nic.Program);
        Assert.Equal(OwnerProgram.Transmit, VerdictOfSlot());
        Assert.Single(Directory.EnumerateFiles(Pins));
    }

    [Fact]
    public void Two_that_follow_the_same_slot_do_not_fight()
    {
        using var other = new Bpffs();
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var first = Load();
        using var second = Load();
        using var one = new SlotFollower(first, Pins);
        using var two = new SlotFollower(second, other.Path);
        one.Look(Veth.Nic);
        var before = Veth.Nic.Program;

        Assert.Equal(FollowOutcome.Contested, two.Look(Veth.Nic).Outcome);

        Assert.Equal(before, Veth.Nic.Program);
    }

    [Fact]
    public void An_owner_by_netlink_has_no_link_to_join()
    {
        using var owner = new OwnerProgram("xdp_legacy", OwnerProgram.Pass);
        var pin = Path.Combine(Bpffs.Path, "legacy");
        Assert.Equal(0, Bpf.TryPin(owner.Handle, pin));
        Veth.Node.Ip("link", "set", "dev", VethPair.NodeLink, "xdpdrv", "pinned", pin);
        using var filter = Load();
        using var follower = new SlotFollower(filter, Pins);

        Assert.Equal(new FollowReport(FollowOutcome.NoLink, "xdp_legacy", owner.Id), follower.Look(Veth.Nic));

        Assert.Equal(owner.Id, Veth.Nic.Program);
    }

    [Fact]
    public void A_free_slot_is_left_free()
    {
        using var filter = Load();
        using var follower = new SlotFollower(filter, Pins);

        Assert.Equal(FollowOutcome.Free, follower.Look(Veth.Nic).Outcome);

        Assert.Equal(0u, Veth.Nic.Program);
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
        using var follower = new SlotFollower(filter, Pins);
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

    private static bool IsGone(uint program)
    {
        using var found = Bpf.OpenProgram(program);
        return found is null;
    }
}
