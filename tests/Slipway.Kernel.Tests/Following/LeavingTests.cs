using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Following;
using Slipway.Xdp.Loading;

namespace Slipway.Kernel.Tests.Following;

/// <summary>A filter that leaves the link of the owner that it followed.</summary>
public sealed class LeavingTests : FollowedSlot
{
    [Fact]
    public void Leaving_puts_the_owners_program_back()
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using var filter = Load();
        using var follower = new SlotFollower(filter, Pins);
        follower.Look(Veth.Nic);

        Assert.True(SlotFollower.Leave(new NextPins(Pins)));

        Assert.Equal(owner.Id, Veth.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(Pins));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_filter_in_an_owners_link_is_taken_out_of_it_by_detach_when_no_agent_is_there_in_any_namespace(bool there)
    {
        using var owner = new OwnerProgram("cil_xdp_entry", OwnerProgram.Pass);
        using var link = Attach(owner);
        using (var node = OpenNode())
        {
            Assert.Equal(AttachPlace.Followed, Follow(node.Guard(Veth.Nic)).Place);
        }

        Assert.True((there ? Veth.Node : Veth.World).Inside(() => NodeFilter.DetachAll(NodeFolder)));

        Assert.Equal(owner.Id, Veth.Nic.Program);
        Assert.Empty(Directory.EnumerateFiles(NodeFolder, "*", SearchOption.AllDirectories));
    }

    private string NodeFolder => Path.Combine(Bpffs.Path, "slipway");

    private NodeFilter OpenNode() => NodeFilter.Open(NodeFolder, TheFilter.Object, FilterSizes.Default);

    private AttachReport Follow(GuardedNic nic) => Veth.Node.Inside(() => nic.Attach(SlotPolicy.Follow));
}
