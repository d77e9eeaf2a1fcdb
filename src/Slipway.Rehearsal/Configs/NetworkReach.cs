using Slipway.Core.Versions;
using Slipway.Rehearsal.Hardware;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Configs;

/// <summary>
/// Whether anybody reaches a node with this config. Its first link alone has a cable, and DHCP works on it. Talos asks for DHCP by
/// itself on links that nobody speaks of; from 1.12 on a single document about any link ends that for all of them
/// (RunDefaultDHCPOperators in Talos pkg/machinery/config/container/container.go).
/// </summary>
internal static class NetworkReach
{
    /// <summary>Documents that end the implicit DHCP.</summary>
    private static readonly string[] Ending =
        ["LinkConfig", "VLANConfig", "BondConfig", "BridgeConfig", "DummyLinkConfig", "WireguardConfig", "VethConfig", "VRFConfig", "DHCPv4Config", "DHCPv6Config"];

    /// <summary>Documents whose links may lie on top of the first, or be another name for it.</summary>
    private static readonly string[] OnTop = ["VLANConfig", "BondConfig", "BridgeConfig", "LinkAliasConfig"];

    public static bool IsCutOff(NodeConfig config, ReleaseVersion talos, NodeHardware hardware)
    {
        var first = hardware.Links[0].Name;
        var old = (config.Main.At("machine", "network", "interfaces") as YamlSequenceNode ?? []).ToList();
        var addressed = config.DocumentsOf("DHCPv4Config")
            .Concat(Ending.SelectMany(config.DocumentsOf).Where(document => document.At("addresses") is YamlSequenceNode { Children.Count: > 0 }))
            .Select(document => document.TextAt("name"));
        var there = OnTop.SelectMany(config.DocumentsOf).Select(document => document.TextAt("name")).Append(first).ToHashSet();
        if (addressed.Any(there.Contains) || old.Any(item => MayBe(item, first) && HasAddress(item)))
        {
            return false;
        }

        return (talos.IsAtLeast(1, 12) && Ending.SelectMany(config.DocumentsOf).Any()) || old.Any(item => item.TextAt("interface") == first);
    }

    /// <summary>By its name, by a selector that could mean it, or as what lies on top of it.</summary>
    private static bool MayBe(YamlNode item, string link) =>
        item.TextAt("interface") == link || item.At("deviceSelector") is not null || item.At("bond") is not null || item.At("bridge") is not null;

    private static bool HasAddress(YamlNode item) => item.FlagAt("dhcp")
        || item.TextAt("cidr") is not null
        || item.At("addresses") is YamlSequenceNode { Children.Count: > 0 }
        || (item.At("vlans") as YamlSequenceNode ?? []).Any(HasAddress);
}
