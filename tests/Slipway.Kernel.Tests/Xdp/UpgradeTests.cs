using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>What a validator must not notice: agents that come, go, reload and are replaced while its packets arrive.</summary>
public sealed class UpgradeTests : IDisposable
{
    private const int Port = 8001;
    private const int Swaps = 10;

    private readonly Bpffs _bpffs = new();

    public void Dispose() => _bpffs.Dispose();

    [Theory]
    [InlineData(1500)]
    [InlineData(9000)]
    public void Agents_that_replace_each_other_lose_no_packet(int mtu)
    {
        using var wire = new VethPair(mtu);
        Up(wire);

        var (sent, arrived) = During(wire, () =>
        {
            for (var i = 0; i < Swaps; i++)
            {
                Up(wire);
            }
        });

        Assert.Equal(sent, arrived);
    }

    [Fact]
    public void Policies_peers_and_modes_that_change_lose_no_packet_that_is_to_pass()
    {
        using var wire = new VethPair();
        using var node = Up(wire, keep: true)!;

        var (sent, arrived) = During(wire, () =>
        {
            for (var i = 0; i < Swaps; i++)
            {
                node.Filter.SetPeers([Operator, .. Enumerable.Range(0, 5000).Select(n => Peer.At(new IPAddress([11, (byte)i, (byte)(n >> 8), (byte)n]), PeerClass.Staked))]);
                node.Filter.SetPolicy(Policy with { Generation = (ulong)i });
                node.Filter.Mode = i % 2 == 0 ? FilterMode.Observe : FilterMode.Enforce;
            }
        });

        Assert.Equal(sent, arrived);
        Assert.True(node.Filter.Counters().Single(cell => cell.Reason == Reason.FromOperator).Packets >= (ulong)sent);
    }

    [Fact]
    public void No_packet_goes_by_unseen_while_agents_replace_each_other()
    {
        using var wire = new VethPair();
        using var stream = Begin(wire);
        wire.Node.Inside(() =>
        {
            using var node = Open();
            node.Filter.SetPeers([Peer.At(IPAddress.Parse("10.77.0.2"), PeerClass.Banned)]);
            var before = Counted(node.Filter, Reason.FromOperator);
            stream.Advance(100);
            Assert.Equal(before, Counted(node.Filter, Reason.FromOperator));
        });

        for (var i = 0; i < Swaps; i++)
        {
            wire.Node.Inside(() =>
            {
                using var node = Open();
                node.Guard(VethPair.NicHere()).Attach(SlotPolicy.Own);
            });
        }

        var (sent, _) = stream.Finish();
        wire.Node.Inside(() =>
        {
            using var node = Open();
            // And the one by which the stream found its neighbour.
            Assert.Equal((ulong)sent + 1, Counted(node.Filter, Reason.FromOperator) + Counted(node.Filter, Reason.Banned));
        });
    }

    private static ulong Counted(XdpFilter filter, Reason reason) =>
        filter.Counters().Where(cell => cell.Reason == reason).Aggregate(0ul, (sum, cell) => sum + cell.Packets);

    private MustPassStream Begin(VethPair wire)
    {
        Up(wire);
        return new MustPassStream(wire, Port);
    }

    private NodeFilter Open() => NodeFilter.Open(Path.Combine(_bpffs.Path, "slipway"), TheFilter.Object, FilterSizes.Default, ProgramVariant.Frags);

    /// <summary>Datagrams go on arriving while something happens, and some before and after it.</summary>
    private static (long Sent, long Arrived) During(VethPair wire, Action happens)
    {
        using var stream = new MustPassStream(wire, Port);
        stream.Advance(1000);
        happens();
        stream.Advance(1000);
        return stream.Finish();
    }

    private static Peer Operator => Peer.At(IPAddress.Parse("10.77.0.2"), PeerClass.Operator);

    private static FilterPolicy Policy => new() { OwnAddresses = [IPAddress.Parse("10.77.0.1")] };

    /// <summary>An agent's whole start, and its end unless it is kept.</summary>
    private NodeFilter? Up(VethPair wire, bool keep = false) => wire.Node.Inside(() =>
    {
        var node = Open();
        node.Filter.SetPolicy(Policy);
        node.Filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [Port] = PortRole.Gossip } });
        node.Filter.SetPeers([Operator]);
        node.Filter.Mode = FilterMode.Enforce;
        node.Guard(VethPair.NicHere()).Attach(SlotPolicy.Own);
        if (keep)
        {
            return node;
        }

        node.Dispose();
        return null;
    });
}
