using System.Text.Json.Nodes;
using Slipway.Core.Filter;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Nodes;
using YamlDotNet.RepresentationModel;

namespace Slipway.Rehearsal.Files;

/// <summary>
/// What the filter's agent writes on a node whose image has the extension: a made-up traffic of 1,000 packets a second since the
/// boot (unless a real agent runs there), of which one in a hundred comes from nobody and goes beyond a limit. No packet is looked at.
/// </summary>
internal static class FilterFiles
{
    /// <summary>Of the extension and its agent.</summary>
    public const string Version = "0.1.0";

    private const string ConfigFile = "/usr/local/etc/slipway/xdp.json";

    public static void Add(RehearsedNode node, IDictionary<string, string> files)
    {
        if (node.World.Agents is not null || !node.ExtensionNames.Contains(FilterExtension.Name, StringComparer.Ordinal) || node.Active is not { } active)
        {
            return;
        }

        var now = node.World.Clock.GetUtcNow();
        var config = ConfigOf(active);
        var mode = config?["mode"]?.GetValue<string>() switch { "enforce" => "Enforce", "off" => "Off", _ => "Observe" };
        files[FilterExtension.StatusFile] = Status(node, now, mode, config is null).ToJsonString() + "\n";
        files["/run/slipway/xdp/tables.json"] = Tables(node, now, mode, config).ToJsonString() + "\n";
    }

    /// <summary>The agent's configuration as the machine config carries it; null when it carries none.</summary>
    public static string? ConfigText(NodeConfig active)
    {
        var document = active.DocumentsOf("ExtensionServiceConfig").FirstOrDefault(document => document.TextAt("name") == FilterExtension.Name);
        var file = (document.At("configFiles") as YamlSequenceNode ?? []).FirstOrDefault(file => file.TextAt("mountPath") == ConfigFile);
        return file.TextAt("content");
    }

    private static JsonObject? ConfigOf(NodeConfig active)
    {
        try
        {
            return ConfigText(active) is { } content ? JsonNode.Parse(content) as JsonObject : null;
        }
        catch (System.Text.Json.JsonException)
        {
            // The agent would observe with its defaults.
            return null;
        }
    }

    private static JsonObject Status(RehearsedNode node, DateTimeOffset now, string mode, bool missing)
    {
        var seconds = (long)Math.Max((now - node.BootedAt).TotalSeconds, 0);
        return new JsonObject
        {
            ["schema"] = 1,
            ["version"] = Version,
            ["writtenAt"] = now,
            ["startedAt"] = node.BootedAt,
            ["everySeconds"] = 5,
            ["mode"] = mode,
            ["heartbeatStale"] = false,
            ["config"] = new JsonObject { ["path"] = ConfigFile, ["generation"] = 1, ["missing"] = missing, ["loadedAt"] = node.BootedAt },
            ["interfaces"] = new JsonArray([.. node.Plate.Hardware.Links.Select((link, index) => new JsonObject
            {
                ["name"] = link.Name,
                ["index"] = index + 2,
                ["mac"] = link.Mac,
                ["driver"] = link.Driver,
                ["mtu"] = 1500,
                ["up"] = true,
                ["slot"] = "own",
                ["attach"] = "driver-frags",
                ["owner"] = "slipway",
                ["why"] = "a rehearsed NIC takes any program",
                ["rxPackets"] = seconds * 1000,
                ["rxBytes"] = seconds * 1_200_000,
                ["txPackets"] = seconds * 500,
                ["txBytes"] = seconds * 600_000,
                ["rxErrors"] = 0,
                ["txErrors"] = 0,
                ["rxBitsPerSecond"] = 9_600_000,
                ["txBitsPerSecond"] = 4_800_000,
            })]),
            ["counters"] = new JsonArray(
                Counter("Staked", "Pass", "Accepted", seconds * 990),
                Counter("Unknown", mode == "Enforce" ? "Drop" : "WouldDrop", "SourceLimit", seconds * 10)),
            ["tables"] = new JsonObject { ["peers"] = 1, ["overflow"] = 0, ["prefixes"] = 0, ["capacity"] = 65536, ["generation"] = 1 },
        };
    }

    private static JsonObject Counter(string group, string verdict, string reason, long packets) => new()
    {
        ["role"] = "Gossip",
        ["group"] = group,
        ["verdict"] = verdict,
        ["reason"] = reason,
        ["packets"] = packets,
        ["bytes"] = packets * 1200,
    };

    private static JsonObject Tables(RehearsedNode node, DateTimeOffset now, string mode, JsonObject? config) => new()
    {
        ["schema"] = 1,
        ["writtenAt"] = now,
        ["mode"] = mode,
        ["ownAddresses"] = new JsonArray(JsonValue.Create(node.Plate.Address.ToString())),
        ["ports"] = new JsonArray(new JsonObject { ["protocol"] = "udp", ["first"] = 8001, ["last"] = 8001, ["role"] = "Gossip" }),
        ["peers"] = new JsonArray([
            .. Peers(config, "operators", "Operator"),
            .. Peers(config, "clusterNodes", "Node"),
            .. Peers(config, "banned", "Banned"),
            new JsonObject { ["network"] = "192.0.2.1/32", ["class"] = "Staked", ["weight"] = 3, ["lamports"] = 62_500_000_000_000 },
        ]),
    };

    private static IEnumerable<JsonObject> Peers(JsonObject? config, string list, string peerClass) =>
        (config?[list] as JsonArray ?? []).Select(network => new JsonObject { ["network"] = network!.GetValue<string>(), ["class"] = peerClass });
}
