using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>Slots that belong to somebody else, now or before.</summary>
public sealed class OwnedSlotTests : NodeFilters
{
    [Theory]
    [InlineData("xdpdrv", true)]
    [InlineData("xdpgeneric", false)]
    public void Another_owner_keeps_the_slot_and_is_named(string mode, bool driver)
    {
        using var wire = new VethPair();
        using var other = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        var pin = Path.Combine(BpfFolder, "other");
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
}
