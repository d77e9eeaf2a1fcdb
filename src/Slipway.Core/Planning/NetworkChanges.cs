using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>
/// Which changes of a machine config touch the node's network, so that a mistake in them could cut the node off: links, addresses,
/// routes, DNS, the host's firewall. Names (hostnames, hosts files) do not.
/// </summary>
public static class NetworkChanges
{
    internal static readonly IReadOnlySet<string> Kinds = new HashSet<string>
    {
        "BGPInstanceConfig", "BlackholeRouteConfig", "BondConfig", "BridgeConfig", "DHCPv4Config", "DHCPv6Config", "DummyLinkConfig", "EthernetConfig", "HCloudVIPConfig",
        "KubeSpanConfig", "KubeSpanEndpointsConfig", "Layer2VIPConfig", "LinkAliasConfig", "LinkConfig", "NetworkDefaultActionConfig", "NetworkRuleConfig", "ResolverConfig",
        "RoutingRuleConfig", "VLANConfig", "VRFConfig", "VethConfig", "WireguardConfig",
    };

    /// <summary>Paths below machine.network that are none of it.</summary>
    internal static readonly IReadOnlyList<string> Names = ["machine.network.hostname", "machine.network.extraHostEntries"];

    public static bool Touches(ConfigChange change) => change.Document == "v1alpha1"
        ? ConfigPaths.IsBelow(change.Path, "machine.network") && !Names.Any(name => ConfigPaths.IsBelow(change.Path, name))
        : Kinds.Contains(change.Document.Split('/')[0]);
}
