using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Agent.Configuration;

internal static class Addresses
{
    /// <summary>Strict: four decimal numbers, or IPv6 without a scope; .NET alone would take 1, 0x7f.1 and 010.0.0.1.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        if (IPAddress.TryParse(text, out address)
            && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.AsSpan().ContainsAny('%', '[', ']') : address.ToString() == text))
        {
            return true;
        }

        address = null;
        return false;
    }

    /// <summary>An IPv4 address that came dressed as IPv6 becomes what it is; the filter sees packets, not sockets.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    public static IPAddress Masked(IPAddress address, int length)
    {
        var bytes = address.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        return new IPAddress(bytes);
    }

    /// <summary>Whether a packet on a wire may come from it: not unspecified, loopback, multicast or reserved.</summary>
    public static bool IsSource(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        return address.AddressFamily == AddressFamily.InterNetwork
            ? bytes[0] is not (0 or 127 or >= 224)
            : bytes[0] != 0xff && bytes.AsSpan(0, 15).ContainsAnyExcept((byte)0);
    }
}
