using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;
using Slipway.Xdp.Status;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>Where the agent puts the filter, what the kernel says of it, and what its status tells.</summary>
public sealed class AttachMatrixTests
{
    [Theory]
    [InlineData("own", 1500, "driver-frags", "slipway")]
    [InlineData("own", 9000, "driver-frags", "slipway")]
    [InlineData("follow", 1500, "tcx", "")]
    [InlineData("follow", 9000, "tcx", "")]
    [InlineData("tcx", 1500, "tcx", "")]
    [InlineData("tcx", 9000, "tcx", "")]
    [InlineData("off", 1500, "none", "")]
    public void A_free_slot(string slot, int mtu, string attach, string owner)
    {
        using var wire = new VethPair(mtu);
        using var home = new AgentHome(wire.Node);
        home.Configure(Wishes.Guard(slot));
        using var agent = home.Start();

        var nic = Assert.Single(home.Until(status => status.Interfaces.Count == 1).Interfaces);

        Assert.Equal((attach, owner, slot, mtu), (nic.Attach, nic.Owner, nic.Slot, nic.Mtu));
        AssertKernel(wire, attach);
    }

    [Theory]
    [InlineData("own", true, "tcx")]
    [InlineData("own", false, "tcx")]
    [InlineData("tcx", true, "tcx")]
    [InlineData("follow", true, "follow")]
    [InlineData("follow", false, "tcx")]
    public void A_slot_that_somebody_has(string slot, bool byLink, string attach)
    {
        using var wire = new VethPair();
        using var bpffs = new Bpffs();
        using var cilium = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = byLink ? wire.Node.Inside(() => cilium.Attach(VethPair.NicHere().Index)) : null;
        if (!byLink)
        {
            var pin = Path.Combine(bpffs.Path, "owner");
            Assert.Equal(0, Bpf.TryPin(cilium.Handle, pin));
            wire.Node.Ip("link", "set", "dev", VethPair.NodeLink, "xdpdrv", "pinned", pin);
        }

        using var home = new AgentHome(wire.Node);
        home.Configure(Wishes.Guard(slot));
        using var agent = home.Start();

        var nic = Assert.Single(home.Until(status => status.Interfaces.Count == 1).Interfaces);

        Assert.Equal(attach, nic.Attach);
        Assert.Equal($"Cilium's cil_xdp_entry (driver mode, by {(byLink ? "link" : "netlink")}, program {cilium.Id})", nic.Owner);
        Assert.Contains((slot, byLink) switch
        {
            ("own", _) => "the XDP slot belongs to Cilium's cil_xdp_entry",
            ("tcx", _) => "the configuration leaves the XDP slot to others",
            (_, false) => "attached by netlink",
            _ => "",
        }, nic.Why, StringComparison.Ordinal);
        AssertKernel(wire, attach);
    }

    [Fact]
    public void A_policy_that_changes_moves_the_filter_while_the_agent_runs()
    {
        using var wire = new VethPair();
        using var home = new AgentHome(wire.Node);
        home.Configure(Wishes.Guard());
        using var agent = home.StartUntil(status => Attached(status, "driver-frags"));

        home.Configure(Wishes.Guard("tcx"));
        home.Until(status => Attached(status, "tcx"));
        AssertKernel(wire, "tcx");
        home.Configure(Wishes.Guard());
        home.Until(status => Attached(status, "driver-frags"));
        AssertKernel(wire, "driver-frags");
        home.Configure(Wishes.Guard("off"));
        home.Until(status => Attached(status, "none"));
        AssertKernel(wire, "none");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(home.Pins, "nics")));
    }

    internal static bool Attached(AgentStatus status, string attach, string nic = VethPair.NodeLink) =>
        status.Interfaces.Any(entry => entry.Name == nic && entry.Attach == attach);

    /// <summary>What the kernel says must be what the status says.</summary>
    internal static void AssertKernel(VethPair wire, string attach)
    {
        var nic = wire.Nic;
        var chain = wire.Node.Inside(() => Bpf.QueryTcx((uint)nic.Index));
        using var program = nic.Program == 0 ? null : Bpf.OpenProgram(nic.Program);
        var name = program is null ? "" : Bpf.ProgramFactsOf(program).Name;
        Assert.Equal(attach == "tcx" ? 1 : 0, chain.Count);
        Assert.Equal(attach is "driver-frags" or "follow", name.StartsWith("slw_xdp", StringComparison.Ordinal));
        Assert.True(attach != "driver-frags" || nic.XdpMode == XdpMode.Driver);
    }
}
