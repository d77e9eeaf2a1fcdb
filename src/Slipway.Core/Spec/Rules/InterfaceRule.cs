using System.Net;
using Slipway.Core.Spec.Formats;
using Slipway.Core.Spec.Reading;

namespace Slipway.Core.Spec.Rules;

/// <summary>A node's gateway is reachable from its addresses, and the node stays reachable once it has them.</summary>
internal sealed class InterfaceRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var mtu = root.IntegerOf("network", "mtu") ?? new NetworkSpec { PodCidrs = [], ServiceCidrs = [] }.Mtu;
        foreach (var node in root.ItemsOf("nodes"))
        {
            if (node.Find("interface") is not { } link)
            {
                continue;
            }

            CheckGateway(link.Find("gateway"), link.Find("addresses"), findings);
            CheckGateway(link.Find("vlan", "gateway"), link.Find("vlan", "addresses"), findings);
            if (link.Find("gateway") is not null && link.Find("vlan", "gateway") is { } second)
            {
                findings.Error(second, "a second default gateway", "one, on the link or on its VLAN", "other routes can be made with a patch");
            }

            CheckStaysReachable(node, findings);
            if (link.Find("mtu") is { } own && own.IntegerOf() < mtu)
            {
                findings.Warning(own, $"MTU {own.Text} is less than the cluster's {mtu}, so full packets of pods get lost on this link", $"at least {mtu}", "raise it here or lower network.mtu");
            }
        }
    }

    private static void CheckGateway(SpecValue? gateway, SpecValue? addresses, SpecFindings findings)
    {
        if (gateway is null || addresses is { IsWhole: false } || !IpText.TryParse(gateway.Text, out var address))
        {
            return;
        }

        var networks = SpecNetworks.Of(addresses).ToList();
        if (networks.Count == 0)
        {
            findings.Error(gateway, "a gateway without static addresses", "addresses beside it", "with DHCP the gateway comes from the DHCP server: remove the key");
        }
        else if (!IsLinkLocal(address) && networks.All(entry => !entry.Cidr.Contains(address)))
        {
            findings.Error(gateway, $"gateway {address} is in none of the networks {string.Join(", ", networks.Select(entry => entry.Cidr.Network))}", "an address in one of them");
        }
        else if (networks.FirstOrDefault(entry => entry.Cidr.Address.Equals(address)).At is not null)
        {
            findings.Error(gateway, $"gateway {address} is the node's own address", "the address of the router");
        }
    }

    private static void CheckStaysReachable(SpecValue node, SpecFindings findings)
    {
        var own = SpecNetworks.StaticAddresses(node).ToList();
        if (own.Count > 0
            && node.Find("address") is { } at
            && IpText.TryParse(at.Text, out var address)
            && !IPAddress.IsLoopback(address)
            && own.All(entry => !entry.Cidr.Address.Equals(address)))
        {
            findings.Warning(at, $"the node is reached at {address}, but its interface is to have {string.Join(", ", own.Select(entry => entry.Cidr))}", "the same address in both places", "once the config is applied it no longer answers here, unless something translates addresses in between");
        }
    }

    private static bool IsLinkLocal(IPAddress address) => address.IsIPv6LinkLocal;
}
