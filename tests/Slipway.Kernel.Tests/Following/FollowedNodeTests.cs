using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Following;

/// <summary>A node's filter with the policy to follow: in front of an owner, in the tcx chain without one.</summary>
public sealed class FollowedNodeTests : FollowedSlot
{
    [Fact]
    public void While_the_slot_is_free_the_filter_guards_in_the_tcx_chain_with_the_same_tables()
    {
        using var node = OpenNode();
        var nic = node.Guard(Veth.Nic);
        node.Filter.Mode = FilterMode.Observe;
        Assert.Equal(AttachPlace.Tcx, Follow(nic).Place);
        Assert.True(nic.IsSettled(0));

        using var owner = new OwnerProgram("agave_xdp", OwnerProgram.Pass, frags: false);
        using (Attach(owner))
        {
            Assert.False(nic.IsSettled(owner.Id));
            var report = Follow(nic);
            Assert.Equal((AttachPlace.Followed, "slw_xdp_plain", SlotOwnerKind.Agave), (report.Place, report.Program, report.Owner.Kind));
            Assert.True(nic.IsSettled(Veth.Nic.Program));
            Assert.Empty(Bpf.QueryTcx((uint)Veth.Nic.Index));
            var before = Counted(node.Filter);
            VerdictOfSlot();
            Assert.True(Counted(node.Filter) > before);
        }

        Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Nobody), (Follow(nic).Place, SlotOwner.Of(Veth.Nic).Kind));
    }

    [Fact]
    public void A_slot_of_our_own_is_given_up_for_an_owner_to_follow_and_taken_again()
    {
        using var node = OpenNode();
        var nic = node.Guard(Veth.Nic);
        Assert.Equal(AttachPlace.Driver, Veth.Node.Inside(() => nic.Attach(SlotPolicy.Own)).Place);

        Assert.Equal(AttachPlace.Tcx, Follow(nic).Place);
        Assert.Equal(0u, Veth.Nic.Program);

        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Transmit);
        using (Attach(owner))
        {
            Assert.Equal(AttachPlace.Followed, Follow(nic).Place);
            var report = Veth.Node.Inside(() => nic.Attach(SlotPolicy.Own));
            Assert.Equal((AttachPlace.Tcx, SlotOwnerKind.Cilium, owner.Id), (report.Place, report.Owner.Kind, Veth.Nic.Program));
        }
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
        Assert.Equal(AttachPlace.Followed, Follow(node.Guard(Veth.Nic)).Place);
        using var receiver = new UdpInbox(Veth, 8001);

        receiver.Send(20);

        // All of them reach the socket, over another CPU, since the last cap there is not set.
        Assert.Equal(20, receiver.Receive(20));
        Assert.Contains(node.Filter.Counters(), cell => cell is { Reason: Reason.ExileSource, Verdict: Verdict.Exile, Packets: >= 15 });
    }

    private string NodeFolder => Path.Combine(Bpffs.Path, "slipway");

    private NodeFilter OpenNode() => NodeFilter.Open(NodeFolder, TheFilter.Object, FilterSizes.Default);

    private AttachReport Follow(GuardedNic nic) => Veth.Node.Inside(() => nic.Attach(SlotPolicy.Follow));

    private static ulong Counted(XdpFilter filter) => filter.Counters().Aggregate(0ul, (sum, cell) => sum + cell.Packets);
}
