using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Xdp;

public sealed class SlotOwnerTests : IDisposable
{
    private readonly VethPair _veth = new();

    [Fact]
    public void Firedancer_is_known_by_its_table_of_sockets_since_its_program_has_no_name()
    {
        using var firedancer = new OwnerProgram("", OwnerProgram.Pass, frags: false, typed: false, sockets: "fd_xdp_xsks");
        using var link = Attach(_veth, firedancer);

        var owner = SlotOwner.Of(_veth.Nic);

        Assert.Equal((SlotOwnerKind.Firedancer, true), (owner.Kind, owner.ByLink));
    }

    [Fact]
    public void A_link_on_an_interface_of_the_same_number_in_another_network_is_not_this_ones()
    {
        using var elsewhere = new VethPair();
        using var other = new OwnerProgram("agave_xdp", OwnerProgram.Pass);
        using var link = Attach(elsewhere, other);
        using var bpffs = new Bpffs();
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        var pin = Path.Combine(bpffs.Path, "owner");
        Assert.Equal(0, Bpf.TryPin(owner.Handle, pin));
        _veth.Node.Ip("link", "set", "dev", VethPair.NodeLink, "xdpdrv", "pinned", pin);
        Assert.Equal(elsewhere.Nic.Index, _veth.Nic.Index);

        var found = SlotOwner.Of(_veth.Nic);

        Assert.Equal((SlotOwnerKind.Cilium, false, owner.Id), (found.Kind, found.ByLink, found.ProgramId));
    }

    public void Dispose() => _veth.Dispose();

    private static BpfHandle Attach(VethPair veth, OwnerProgram owner)
    {
        var nic = veth.Nic.Index;
        return veth.Node.Inside(() => owner.Attach(nic));
    }
}
