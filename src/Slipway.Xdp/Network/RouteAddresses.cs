using System.Buffers.Binary;
using System.Net;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Network.Netlink;

namespace Slipway.Xdp.Network;

/// <summary>
/// Addresses of interfaces by rtnetlink (man 7 rtnetlink, linux/if_addr.h). .NET's own list reads /etc/resolv.conf with it, which is not
/// there in a container that holds only the agent.
/// </summary>
internal static class RouteAddresses
{
    private const ushort GetAddress = 22;
    private const int InfoLength = 8; // struct ifaddrmsg
    private const ushort Address = 1; // IFA_ADDRESS: of the other end where there is one
    private const ushort Local = 2;   // IFA_LOCAL
    private const int Loopback = 1;   // LOOPBACK_IFINDEX: the same in each network namespace

    /// <summary>The addresses of the namespace, but for those of the loopback interface.</summary>
    public static IReadOnlyList<IPAddress> List(NetlinkSocket route)
    {
        var found = new List<IPAddress>();
        var request = new NetlinkWriter(GetAddress, NetlinkWriter.Dump).Fixed(new byte[InfoLength]);
        var errno = route.TryRequest(request, (_, body) =>
        {
            if (BinaryPrimitives.ReadInt32LittleEndian(body[4..]) != Loopback && Parse(body[InfoLength..]) is { } address)
            {
                found.Add(address);
            }
        });
        return errno == 0 ? found : throw XdpException.FromErrno(errno, "listing addresses");
    }

    private static IPAddress? Parse(ReadOnlySpan<byte> body)
    {
        IPAddress? address = null;
        var isLocal = false;
        var attributes = new NetlinkAttributes(body);
        while (attributes.Next())
        {
            if (attributes.Type == Local || (attributes.Type == Address && !isLocal))
            {
                address = attributes.Value.Length is 4 or 16 ? new IPAddress(attributes.Value) : null;
                isLocal |= attributes.Type == Local;
            }
        }

        return address;
    }
}
