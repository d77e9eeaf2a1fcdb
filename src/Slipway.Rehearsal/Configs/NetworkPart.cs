using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

/// <summary>What of a config is about links, addresses, routes and the firewall.</summary>
internal static class NetworkPart
{
    private static readonly string[] Kinds =
    [
        "LinkConfig", "LinkAliasConfig", "VLANConfig", "BondConfig", "BridgeConfig", "DHCPv4Config", "DHCPv6Config", "EthernetConfig", "ResolverConfig", "RoutingRuleConfig",
        "BlackholeRouteConfig", "VRFConfig", "NetworkDefaultActionConfig", "NetworkRuleConfig",
    ];

    public static bool Differs(NodeConfig one, NodeConfig other) => Of(one) != Of(other);

    private static string Of(NodeConfig config) => string.Join(
        '\n', Kinds.SelectMany(config.DocumentsOf).Select(document => YamlPaths.Canonical(document)).Order(StringComparer.Ordinal)
            .Prepend(YamlPaths.Canonical(config.Main.At("machine", "network") ?? new YamlMappingNode(), path => path == "hostname")));
}
