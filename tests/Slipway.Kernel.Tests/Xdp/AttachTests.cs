using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>Where the filter comes to stand on an interface that nobody else wants.</summary>
public sealed class AttachTests : NodeFilters
{
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
}
