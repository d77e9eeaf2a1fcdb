using System.Net;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Attaching;
using Slipway.Xdp.Loading;
using Slipway.Xdp.Maps;

namespace Slipway.Kernel.Tests.Xdp;

/// <summary>A folder of bpffs in which node filters follow each other, as agents do.</summary>
public abstract class NodeFilters : IDisposable
{
    private readonly Bpffs _bpffs = new();

    internal NodeFilters()
    {
    }

    internal string BpfFolder => _bpffs.Path;

    internal string Pins => Path.Combine(_bpffs.Path, "slipway");

    public void Dispose()
    {
        _bpffs.Dispose();
        GC.SuppressFinalize(this);
    }

    internal NodeFilter Open() => NodeFilter.Open(Pins, TheFilter.Object, FilterSizes.Default, ProgramVariant.Frags);

    internal static GuardedNic Guard(NodeFilter node) => node.Guard(VethPair.NicHere());

    /// <summary>Makes it drop what is no gossip on port 8001.</summary>
    internal static void Guard(XdpFilter filter)
    {
        filter.SetPolicy(new FilterPolicy { OwnAddresses = [IPAddress.Parse("10.77.0.1")] });
        filter.SetPorts(new PortRoles { Udp = new Dictionary<ushort, PortRole> { [8001] = PortRole.Gossip } });
        filter.Mode = FilterMode.Enforce;
    }
}
