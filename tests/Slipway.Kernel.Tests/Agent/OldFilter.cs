using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Agent;

/// <summary>What an agent of another build left attached: tables that are no use for this one.</summary>
internal static class OldFilter
{
    public static void Attach(VethPair wire, string pins) => wire.Node.Inside(() =>
    {
        using var node = NodeFilter.Open(pins, TheFilter.Object, new FilterSizes { PeerSets = 64 }, ProgramVariant.Frags);
        node.Filter.SetPolicy(new FilterPolicy { OwnAddresses = [IPAddress.Parse("10.77.0.1")] });
        node.Filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [GuardedTraffic.Port] = PortRole.Guarded } });
        node.Filter.SetPeers([Peer.At(IPAddress.Parse(GuardedTraffic.Operator), PeerClass.Operator), Peer.At(IPAddress.Parse(GuardedTraffic.Banned), PeerClass.Banned)]);
        node.Filter.Mode = FilterMode.Enforce;
        node.Guard(VethPair.NicHere()).Attach(SlotPolicy.Own);
    });
}
