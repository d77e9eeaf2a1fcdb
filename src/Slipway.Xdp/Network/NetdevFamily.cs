using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network.Netlink;

namespace Slipway.Xdp.Network;

/// <summary>The generic netlink family "netdev" (Documentation/netlink/specs/netdev.yaml): what each driver can do with XDP.</summary>
internal static class NetdevFamily
{
    private const ushort Controller = 16;     // GENL_ID_CTRL
    private const byte GetFamily = 3;         // CTRL_CMD_GETFAMILY
    private const ushort FamilyId = 1;        // CTRL_ATTR_FAMILY_ID
    private const ushort FamilyName = 2;      // CTRL_ATTR_FAMILY_NAME
    private const byte GetDevice = 1;         // NETDEV_CMD_DEV_GET
    private const ushort DeviceIndex = 1;     // NETDEV_A_DEV_IFINDEX
    private const ushort DeviceFeatures = 3;  // NETDEV_A_DEV_XDP_FEATURES
    private const int HeaderLength = 4;       // struct genlmsghdr

    /// <summary>Features by interface number; empty on a kernel before 6.3.</summary>
    public static IReadOnlyDictionary<int, XdpFeatures> List(NetlinkSocket generic)
    {
        var features = new Dictionary<int, XdpFeatures>();
        if (FindFamily(generic) is not { } family)
        {
            return features;
        }

        var request = new NetlinkWriter(family, NetlinkWriter.Dump).Fixed([GetDevice, 1, 0, 0]);
        var errno = generic.TryRequest(request, (_, body) =>
        {
            var index = 0;
            var value = XdpFeatures.None;
            var attributes = new NetlinkAttributes(body[HeaderLength..]);
            while (attributes.Next())
            {
                index = attributes.Type == DeviceIndex ? (int)attributes.UInt32 : index;
                value = attributes.Type == DeviceFeatures ? (XdpFeatures)attributes.UInt64 : value;
            }

            features[index] = value;
        });

        // A list that changed while it was read lacks at most the newest interface, which the next look has.
        return errno is 0 or Errno.Again ? features : throw XdpException.FromErrno(errno, "asking what the drivers can do with XDP");
    }

    private static ushort? FindFamily(NetlinkSocket generic)
    {
        ushort? id = null;
        var request = new NetlinkWriter(Controller, NetlinkWriter.Acknowledge)
            .Fixed([GetFamily, 1, 0, 0])
            .Attribute(FamilyName, "netdev");
        generic.TryRequest(request, (_, body) =>
        {
            var attributes = new NetlinkAttributes(body[HeaderLength..]);
            while (attributes.Next())
            {
                id = attributes.Type == FamilyId ? attributes.UInt16 : id;
            }
        });
        return id;
    }
}
