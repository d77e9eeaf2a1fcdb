using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>The agent killed at every step of a start that makes its tables.</summary>
public sealed class KilledStartTests : KilledStarts
{
    [Fact]
    public void A_first_start_leaves_nothing_that_the_next_agent_stumbles_over_or_that_nobody_clears_away()
    {
        Home.Configure(Wishes.Guard());

        var kills = KillAtEveryStep("driver-frags", () =>
        {
            Assert.Contains(NameInSlot(), new[] { "", "slw_xdp_frags" });
            Wire.Node.Inside(() =>
            {
                using (var next = NodeFilter.Open(Home.Pins, TheFilter.Object, FilterSizes.Default, ProgramVariant.Frags))
                {
                    Assert.Equal(AttachPlace.Driver, next.Guard(VethPair.NicHere()).Attach(SlotPolicy.Own).Place);
                }

                NodeFilter.DetachAll(Home.Pins);
            });
            AssertNoPins();
        });

        Assert.True(kills > 25, $"killed only {kills} times");
        Traffic.FinishWithoutLoss();
    }

    [Fact]
    public void A_start_with_tables_of_another_shape_keeps_the_old_filter_or_has_the_new_one()
    {
        Home.Configure(Wishes.Guard());
        OldFilter.Attach(Wire, Home.Pins);
        var leaked = Settled();

        var kills = KillAtEveryStep("driver-frags", () =>
        {
            Assert.Equal("slw_xdp_frags", NameInSlot());
            OldFilter.Attach(Wire, Home.Pins);
            Assert.Single(Sets());
        });

        Assert.Single(Sets());
        Finish(leaked, kills);
    }
}
