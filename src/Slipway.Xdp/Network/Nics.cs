using System.Net;
using Slipway.Xdp.Network.Netlink;

namespace Slipway.Xdp.Network;

/// <summary>
/// Looks at the interfaces of the network namespace in which it was made. Not for several threads at once. A look takes some
/// hundred microseconds and the kernel's lock of network configuration: once a second is fine, once a packet is not.
/// </summary>
public sealed class Nics : IDisposable
{
    private readonly NetlinkSocket _route = new(NetlinkSocket.Route);
    private readonly NetlinkSocket _generic = new(NetlinkSocket.Generic);

    /// <summary>All interfaces, in the kernel's order.</summary>
    public IReadOnlyList<Nic> List()
    {
        var features = NetdevFamily.List(_generic);
        return [.. RouteLinks.List(_route).Select(nic => Complete(nic, features))];
    }

    /// <summary>The interface of that name, or null.</summary>
    public Nic? Find(string name) => List().FirstOrDefault(nic => nic.Name == name);

    /// <summary>The interface of that number without its traffic, or null; however many others there are.</summary>
    public Nic? Find(int index) => RouteLinks.Find(_route, index) is { } nic ? Complete(nic, NetdevFamily.List(_generic)) : null;

    /// <summary>
    /// The program in the XDP slot of an interface, 0 for none, null when the interface is gone: some microseconds, and what the
    /// kernel tells of a swap within a link only to those who ask.
    /// </summary>
    public uint? ProgramOf(int index) => RouteLinks.Find(_route, index)?.Program;

    /// <summary>All addresses, but for those of the loopback interface.</summary>
    /// <exception cref="Failures.XdpException">They changed while they were listed, or netlink is not to be had.</exception>
    public IReadOnlyList<IPAddress> Addresses() => RouteAddresses.List(_route);

    public void Dispose()
    {
        _route.Dispose();
        _generic.Dispose();
    }

    private static Nic Complete(Nic nic, IReadOnlyDictionary<int, XdpFeatures> features)
    {
        var (driver, bus) = Ethtool.DriverOf(nic.Name);
        return nic with
        {
            Driver = driver.Length > 0 ? driver : nic.Kind,
            Bus = bus.Length > 0 ? bus : nic.Bus,
            Features = features.TryGetValue(nic.Index, out var known) ? known : null,
        };
    }
}
