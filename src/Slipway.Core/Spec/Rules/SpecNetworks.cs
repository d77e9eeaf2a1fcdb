using System.Net;
using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>Networks and addresses of a spec, for rules that compare them.</summary>
internal static class SpecNetworks
{
    public static IEnumerable<(SpecValue At, Cidr Cidr)> Of(SpecValue? list)
    {
        foreach (var item in list?.Items ?? [])
        {
            if (Cidr.TryParse(item.Text, out var cidr))
            {
                yield return (item, cidr);
            }
        }
    }

    /// <summary>The addresses by which nodes are reached and those they shall have; DNS names and loopback left out.</summary>
    public static IEnumerable<(SpecValue At, IPAddress Address, string Name)> NodeAddresses(SpecValue root)
    {
        foreach (var node in root.ItemsOf("nodes"))
        {
            var name = node.TextOf("name") ?? node.Path;
            if (node.Find("address") is { } at && IpText.TryParse(at.Text, out var address) && !IPAddress.IsLoopback(address))
            {
                yield return (at, address, name);
            }

            foreach (var (item, cidr) in StaticAddresses(node))
            {
                yield return (item, cidr.Address, name);
            }
        }
    }

    public static IEnumerable<(SpecValue At, Cidr Cidr)> StaticAddresses(SpecValue node) =>
        Of(node.Find("interface", "addresses")).Concat(Of(node.Find("interface", "vlan", "addresses")));

    /// <summary>The host part of the endpoint when it is an address and not loopback.</summary>
    public static (SpecValue At, IPAddress Address)? Endpoint(SpecValue root) =>
        root.Find("endpoint") is { } at
        && MiscFormats.TryEndpoint(at.Text, out var endpoint)
        && IpText.TryParse(endpoint.DnsSafeHost, out var address)
        && !IPAddress.IsLoopback(address)
            ? (at, address)
            : null;
}
