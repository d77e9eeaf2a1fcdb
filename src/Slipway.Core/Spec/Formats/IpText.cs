using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;

namespace Slipway.Core.Spec.Formats;

/// <summary>
/// Reads IP addresses strictly. <see cref="IPAddress"/> alone takes <c>10.1</c>, <c>0x0a.0.0.1</c> and <c>010.0.0.1</c> too,
/// each of which other programs read as something else or not at all.
/// </summary>
internal static class IpText
{
    public static bool TryParse(string text, [NotNullWhen(true)] out IPAddress? address)
    {
        address = null;
        if (text.Length > 45 || text.AsSpan().ContainsAny("%[] ") || !IPAddress.TryParse(text, out var parsed))
        {
            return false;
        }

        // The canonical form of an IPv4 address is the only one with four decimal parts without leading zeros.
        var strict = parsed.AddressFamily == AddressFamily.InterNetworkV6 ? text.Contains(':') : parsed.ToString() == text;
        address = strict ? parsed : null;
        return strict;
    }

    /// <summary>One spelling for one address: lower case, zeros shortened. Other text comes back in lower case.</summary>
    public static string Canonical(string text) => TryParse(text, out var address) ? address.ToString() : text.ToLowerInvariant();
}
