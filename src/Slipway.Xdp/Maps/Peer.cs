using System.Net;

namespace Slipway.Xdp.Maps;

/// <summary>What the filter knows of a source.</summary>
/// <param name="Network">One address (a full-length prefix), or a network.</param>
/// <param name="Class">Who it is; not unknown.</param>
/// <param name="Weight">0 to 7: how often a stakeholder's own limit is doubled.</param>
public readonly record struct Peer(IPNetwork Network, PeerClass Class, int Weight = 0)
{
    /// <summary>A peer with one address.</summary>
    public static Peer At(IPAddress address, PeerClass peerClass, int weight = 0)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new Peer(new IPNetwork(address, address.GetAddressBytes().Length * 8), peerClass, weight);
    }

    internal bool IsSingle => Network.PrefixLength == Network.BaseAddress.GetAddressBytes().Length * 8;

    /// <summary>The 16 bits that the program keeps: class, then weight.</summary>
    internal ushort Meta => (ushort)((int)Class | Weight << 4);
}
