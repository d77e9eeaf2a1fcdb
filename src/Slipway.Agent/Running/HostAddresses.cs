using System.Net;
using System.Net.NetworkInformation;

namespace Slipway.Agent.Running;

/// <summary>The addresses of this network namespace, without loopback and link-local ones.</summary>
internal static class HostAddresses
{
    public static IReadOnlyList<IPAddress> List()
    {
        try
        {
            return [.. NetworkInterface.GetAllNetworkInterfaces()
                .Where(nic => nic.NetworkInterfaceType != NetworkInterfaceType.Loopback)
                .SelectMany(nic => nic.GetIPProperties().UnicastAddresses)
                .Select(address => address.Address)
                .Where(address => !address.IsIPv6LinkLocal)
                .OrderBy(address => address.ToString(), StringComparer.Ordinal)];
        }
        catch (NetworkInformationException)
        {
            // An interface went while it was looked at; the next round sees the rest.
            return [];
        }
    }
}
