using System.Net;

namespace Slipway.Core.Policies;

/// <summary>Just enough arithmetic on address ranges for deny rules.</summary>
internal static class Cidrs
{
    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, Bits(address));
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }

    /// <summary>True when every address of <paramref name="inner"/> is in <paramref name="outer"/>.</summary>
    public static bool Contains(IPNetwork outer, IPNetwork inner) =>
        outer.BaseAddress.AddressFamily == inner.BaseAddress.AddressFamily && outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    /// <summary>One address, or the address part of an interface's <c>10.0.0.5/24</c>, as a range of one.</summary>
    public static string? Single(string text) =>
        IPAddress.TryParse(text.Split('/')[0], out var address) ? $"{address}/{Bits(address)}" : null;

    private static int Bits(IPAddress address) => address.GetAddressBytes().Length * 8;
}
