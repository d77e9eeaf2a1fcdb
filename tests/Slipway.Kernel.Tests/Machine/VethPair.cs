using System.Globalization;
using Slipway.Xdp.Network;

namespace Slipway.Kernel.Tests.Machine;

/// <summary>Two network namespaces and a wire between them: <c>node</c>, where the filter stands, and <c>world</c>, which sends.</summary>
internal sealed class VethPair : IDisposable
{
    public const string NodeLink = "eth0";
    public const string WorldLink = "far0";

    public VethPair(int mtu = 1500)
    {
        var size = mtu.ToString(CultureInfo.InvariantCulture);
        Node.Ip("link", "add", NodeLink, "mtu", size, "type", "veth", "peer", "name", WorldLink, "mtu", size, "netns", World.Path);
        Node.Ip("addr", "add", "10.77.0.1/24", "dev", NodeLink);
        World.Ip("addr", "add", "10.77.0.2/24", "dev", WorldLink);
        Node.Ip("link", "set", NodeLink, "up");
        World.Ip("link", "set", WorldLink, "up");
    }

    public NetworkNamespace Node { get; } = new();

    public NetworkNamespace World { get; } = new();

    /// <summary>The node's end as it is now.</summary>
    public Nic Nic => Node.Inside(NicHere);

    /// <summary>The same, asked from inside the network that it is in.</summary>
    public static Nic NicHere()
    {
        using var nics = new Nics();
        return nics.Find(NodeLink) ?? throw new InvalidOperationException("the node's end is gone");
    }

    public void Dispose()
    {
        Node.Dispose();
        World.Dispose();
    }
}
