using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>The filter taken away, from wherever it stands.</summary>
public sealed class DetachTests : NodeFilters
{
    [Fact]
    public void Off_takes_the_filter_away_and_detach_forgets_the_tables_too()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using (var node = Open())
            {
                var nic = Guard(node);
                nic.Attach(SlotPolicy.Own);

                Assert.Equal(AttachPlace.None, nic.Attach(SlotPolicy.Off).Place);
                Assert.Equal(0u, VethPair.NicHere().Program);
                Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(Pins, "nics")));
                nic.Attach(SlotPolicy.Own);
            }

            Assert.True(NodeFilter.DetachAll(Pins));
            Assert.Equal(0u, VethPair.NicHere().Program);
            Assert.Empty(Directory.EnumerateFiles(Pins, "*", SearchOption.AllDirectories));
            Assert.False(NodeFilter.DetachAll(Pins));
        });
    }

    [Fact]
    public void Detach_reaches_links_of_both_kinds_from_any_network_namespace()
    {
        using var wire = new VethPair();
        wire.Node.Inside(() =>
        {
            using var node = Open();
            Guard(node).Attach(SlotPolicy.Own);
            wire.Node.Ip("link", "add", "eth1", "type", "veth", "peer", "name", "peer1");
            using var nics = new Slipway.Xdp.Network.Nics();
            Assert.Equal(AttachPlace.Tcx, node.Guard(nics.Find("eth1")!).Attach(SlotPolicy.Tcx).Place);
        });
        var second = wire.Node.Inside(() => Index("eth1"));

        Assert.True(wire.World.Inside(() => NodeFilter.DetachAll(Pins)));

        Assert.Equal(0u, wire.Nic.Program);
        Assert.Empty(wire.Node.Inside(() => Bpf.QueryTcx(second)));
        Assert.Empty(Directory.EnumerateFiles(Pins, "*", SearchOption.AllDirectories));
        Assert.False(wire.World.Inside(() => NodeFilter.DetachAll(Pins)));
    }

    [Fact]
    public void An_interface_that_went_to_another_namespace_keeps_the_filter_until_all_is_detached()
    {
        using var wire = new VethPair();
        using var elsewhere = new NetworkNamespace();
        wire.Node.Inside(() =>
        {
            using var node = Open();
            Guard(node).Attach(SlotPolicy.Own);
        });
        wire.Node.Ip("link", "set", VethPair.NodeLink, "netns", elsewhere.Path);

        wire.Node.Inside(() =>
        {
            using var next = Open();
            next.ReleaseOthers([]);
        });
        Assert.NotEqual(0u, elsewhere.Inside(VethPair.NicHere).Program);

        Assert.True(wire.Node.Inside(() => NodeFilter.DetachAll(Pins)));
        Assert.Equal(0u, elsewhere.Inside(VethPair.NicHere).Program);
    }

    private static uint Index(string name)
    {
        using var nics = new Slipway.Xdp.Network.Nics();
        return (uint)nics.Find(name)!.Index;
    }
}
