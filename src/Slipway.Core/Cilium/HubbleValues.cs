using System.Text.Json.Nodes;

namespace Slipway.Core.Cilium;

/// <summary>Hubble: what Cilium saw, as flows, metrics and a file of verdicts.</summary>
internal static class HubbleValues
{
    public static JsonObject All() => new()
    {
        ["hubble"] = new JsonObject
        {
            ["enabled"] = true,
            ["relay"] = new JsonObject
            {
                ["enabled"] = true,
                ["rollOutPods"] = true,
                ["prometheus"] = new JsonObject { ["enabled"] = true, ["port"] = 9966 },
            },
            ["ui"] = new JsonObject { ["enabled"] = true, ["rollOutPods"] = true },
            // cronJob would make the first certificates in a post-install hook, and helm would block on it while no CNI runs.
            ["tls"] = new JsonObject
            {
                ["enabled"] = true,
                ["auto"] = new JsonObject { ["enabled"] = true, ["method"] = "helm" },
            },
            ["metrics"] = new JsonObject
            {
                ["enabled"] = GeneratedValues.List("dns", "drop", "tcp", "flow", "port-distribution", "icmp", "policy"),
                ["port"] = 9965,
            },
            ["export"] = new JsonObject
            {
                // The default path is tmpfs on Talos: 4 files of 10 MB a node at most.
                ["fileMaxSizeMb"] = 10,
                ["fileMaxBackups"] = 3,
                ["static"] = new JsonObject
                {
                    ["enabled"] = true,
                    ["filePath"] = "/var/run/cilium/hubble/events.log",
                    // AUDIT is what a policy would have dropped: the list to read before audit mode goes off.
                    ["allowList"] = GeneratedValues.List("""{"verdict":["DROPPED","ERROR","AUDIT"]}"""),
                    ["denyList"] = new JsonArray(),
                    ["fieldMask"] = new JsonArray(),
                },
                ["dynamic"] = new JsonObject { ["enabled"] = false },
            },
        },
    };
}
