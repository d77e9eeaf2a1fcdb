using System.Net;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Network;

namespace Slipway.Agent.Running;

/// <summary>The addresses of this network namespace, without loopback and link-local ones.</summary>
internal static class HostAddresses
{
    public static IReadOnlyList<IPAddress> List()
    {
        try
        {
            using var nics = new Nics();
            return [.. nics.Addresses()
                .Where(address => !address.IsIPv6LinkLocal)
                .Distinct()
                .OrderBy(address => address.ToString(), StringComparer.Ordinal)];
        }
        catch (XdpException)
        {
            // An address went while it was looked at; the next round sees the rest.
            return [];
        }
    }
}
