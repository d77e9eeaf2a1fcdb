using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>The agent killed at every step of a start that goes on with the tables of an agent before it.</summary>
public sealed class KilledRestartTests : KilledStarts
{
    [Fact]
    public void A_start_in_the_place_of_an_agent_that_died_keeps_the_old_filter_or_has_the_new_one()
    {
        Home.Configure(Wishes.Guard());
        Home.StartUntil(status => AttachMatrixTests.Attached(status, "driver-frags")).Kill();
        var leaked = Settled();

        var kills = KillAtEveryStep("driver-frags", () => Assert.Equal("slw_xdp_frags", NameInSlot()));

        Assert.Equal(["tables-1"], Sets());
        Finish(leaked, kills);
    }

    [Fact]
    public void A_start_in_front_of_a_followed_owner_keeps_the_old_filter_or_has_the_new_one_and_the_owners_program_behind_it()
    {
        Home.Configure(Wishes.Guard("follow"));
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Wire.Node.Inside(() => owner.Attach(VethPair.NicHere().Index));
        Home.StartUntil(status => AttachMatrixTests.Attached(status, "follow")).Kill();
        var leaked = Settled();

        var kills = KillAtEveryStep("follow", () =>
        {
            Assert.Equal("slw_xdp_frags", NameInSlot());
            using var program = Bpf.OpenProgram(Wire.Nic.Program)!;
            using var next = new Slipway.Xdp.Following.NextPins(Directory.GetDirectories(Path.Combine(Home.Pins, "nics")).Single()).MapOf(program);
            using var behind = Slipway.Xdp.Following.NextSlot.Open(next!);
            Assert.Equal(owner.Id, Bpf.ProgramFactsOf(behind!).Id);
        });

        Assert.Single(Directory.EnumerateFiles(Home.Pins, "next-*", SearchOption.AllDirectories));
        Finish(leaked, kills);
    }
}
