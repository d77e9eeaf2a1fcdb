using System.Runtime.InteropServices;
using System.Text;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Network;

/// <summary>Driver and bus address by the ethtool ioctl, which works in any namespace and without sysfs (linux/ethtool.h).</summary>
internal static unsafe class Ethtool
{
    private const nuint Call = 0x8946;        // SIOCETHTOOL
    private const uint GetDriverInfo = 3;     // ETHTOOL_GDRVINFO
    private const int DriverInfoLength = 196; // struct ethtool_drvinfo
    private const int BusOffset = 100;
    private const int TextLength = 32;

    /// <summary>Empty texts where the driver does not say.</summary>
    public static (string Driver, string Bus) DriverOf(string nic)
    {
        using var socket = new BpfHandle(Libc.Socket(2, 0x80002, 0));
        if (socket.IsInvalid)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), "opening a socket for ethtool");
        }

        var info = stackalloc byte[DriverInfoLength];
        new Span<byte>(info, DriverInfoLength).Clear();
        *(uint*)info = GetDriverInfo;

        // struct ifreq: 16 bytes of name, then a pointer in a union of 24.
        var request = stackalloc byte[40];
        new Span<byte>(request, 40).Clear();
        Encoding.ASCII.GetBytes(nic.AsSpan(0, Math.Min(nic.Length, 15)), new Span<byte>(request, 15));
        *(byte**)(request + 16) = info;
        if (Libc.Ioctl(socket.Fd, Call, request) < 0)
        {
            return ("", "");
        }

        return (TextAt(info + 4), TextAt(info + BusOffset));
    }

    private static string TextAt(byte* bytes)
    {
        var text = new ReadOnlySpan<byte>(bytes, TextLength);
        var end = text.IndexOf((byte)0);
        var value = Encoding.ASCII.GetString(end < 0 ? text : text[..end]);
        // Drivers of virtual devices write N/A.
        return value == "N/A" ? "" : value;
    }
}
