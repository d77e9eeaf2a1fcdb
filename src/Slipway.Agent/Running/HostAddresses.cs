using System.Net;
using Slipway.Xdp.Network;

namespace Slipway.Agent.Running;

/// <summary>The addresses of this network namespace, without loopback and link-local ones.</summary>
internal static class HostAddresses
{
    /// <exception cref="Slipway.Xdp.Failures.XdpException">One went while they were listed.</exception>
    public static IReadOnlyList<IPAddress> List()
    {
        using var nics = new Nics();
        return [.. nics.Addresses()
            .Where(address => !address.IsIPv6LinkLocal)
            .Distinct()
            .OrderBy(address => address.ToString(), StringComparer.Ordinal)];
    }
}
