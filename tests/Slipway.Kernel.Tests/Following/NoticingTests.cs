using Slipway.Agent.Filtering;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Following;

namespace Slipway.Kernel.Tests.Following;

/// <summary>How a follower learns that it has to look: the kernel tells of programs that are loaded.</summary>
public sealed class NoticingTests : FollowedSlot
{
    private static readonly TimeSpan s_never = TimeSpan.FromDays(20);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Fact]
    public void An_update_is_followed_without_the_periodic_look_since_its_program_was_heard_to_be_loaded()
    {
        using var first = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using var link = Attach(first);
        using var filter = Load();
        using var follower = new SlotFollower(filter, Pins);
        follower.Look(Veth.Nic);
        var index = Veth.Nic.Index;
        using var pacer = Veth.Node.Inside(() => new FollowPacer(nics => follower.Look(nics.Find(index)!), pace: s_never));

        using var second = new OwnerProgram("cil_xdp_entry", OwnerProgram.Drop);
        OwnerReplaces(link, second);

        Assert.True(SpinWait.SpinUntil(() => NameOfProgramInSlot() == "slw_xdp_frags", s_patience), "nobody looked after the update");
        Assert.Equal(OwnerProgram.Drop, VerdictOfSlot());
    }

    [Fact]
    public void After_a_load_it_is_looked_again_and_again_since_the_update_comes_later()
    {
        var looks = 0;
        using var pacer = new FollowPacer(_ => Interlocked.Increment(ref looks), pace: s_never);

        using var loaded = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);

        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref looks) >= 10, s_patience), "one load did not bring ten looks");
    }

    [Fact]
    public void A_load_on_any_CPU_is_heard()
    {
        for (var cpu = 0; cpu < Environment.ProcessorCount; cpu++)
        {
            using var loads = new ProgramLoads();
            Assert.True(loads.Hears);
            var there = cpu;
            var loading = new Thread(() =>
            {
                Libc.StayOn(there);
                using var loaded = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
            });
            loading.Start();

            Assert.True(loads.Wait(s_patience), $"a program loaded on CPU {cpu} was not heard");
            loading.Join();
        }
    }

    [Fact]
    public void Who_waits_is_woken_to_end()
    {
        using var loads = new ProgramLoads();
        loads.Wake();

        // Others' tests load programs too, so that what is returned says nothing here.
        loads.Wait(s_never);
    }
}
