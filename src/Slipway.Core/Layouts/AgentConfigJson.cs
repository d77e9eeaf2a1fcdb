using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Policies;
using Slipway.Core.Spec;

namespace Slipway.Core.Layouts;

/// <summary>The XDP agent's configuration, as far as cluster.yaml decides it; everything else keeps the agent's defaults.</summary>
public static class AgentConfigJson
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>True where the filter shall run: it guards validators.</summary>
    public static bool IsWanted(ClusterSpec spec, NodeSpec node) => spec.Xdp.Mode != XdpMode.Off && ValidatorNodes.Contains(node);

    /// <summary>JSON text that ends with a line break.</summary>
    public static string Of(ClusterSpec spec, NodeSpec node)
    {
        var config = new JsonObject
        {
            ["version"] = 1,
            ["mode"] = spec.Xdp.Mode switch
            {
                XdpMode.Enforce => "enforce",
                XdpMode.Observe => "observe",
                _ => "off",
            },
            ["ports"] = new JsonArray(Port(spec.Policies.Gossip, "udp", "guarded"), Port(spec.Policies.Rpc, "tcp", "rpc")),
            ["operators"] = Texts(spec.Network.OperatorCidrs),
            ["clusterNodes"] = Texts(NodeNetworks.Of(spec.Nodes)),
            ["banned"] = Texts(spec.Policies.DenyCidrs),
        };
        if (node.Interface is { Nics.Count: > 0 } link)
        {
            // Clients that send and receive by AF_XDP hold the NIC's slot themselves: the filter runs in front of their program.
            var shares = node.Client is ValidatorClient.AgaveXdp or ValidatorClient.Firedancer;
            config["interfaces"] = new JsonArray([.. link.Nics.Select(nic => new JsonObject { ["name"] = nic, ["slot"] = shares ? "follow" : "own" })]);
        }

        if (NodeLayout.Of(node).AgentCpus is { } cpus)
        {
            var affinity = new JsonObject { ["irq"] = cpus.ToString() };
            if (node.Layout?.Nic?.NapiThreads == true)
            {
                affinity["napi"] = cpus.ToString();
            }

            config["affinity"] = affinity;
        }

        return config.ToJsonString(s_options) + "\n";
    }

    private static JsonObject Port(PortRange ports, string protocol, string role) => new()
    {
        ["ports"] = $"{(ports.First == ports.Last ? $"{ports.First}" : $"{ports.First}-{ports.Last}")}/{protocol}",
        ["role"] = role,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
