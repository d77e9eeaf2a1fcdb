using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>The words that policies are written in.</summary>
internal static class PolicyJson
{
    public const string CiliumApi = "cilium.io/v2";

    /// <summary>The namespace a pod is in, as Cilium labels it; a cluster-wide policy needs it, or it selects in all of them.</summary>
    public const string NamespaceLabel = "k8s:io.kubernetes.pod.namespace";

    public const string ManagedBy = "app.kubernetes.io/managed-by";

    public static Manifest Object(string apiVersion, string kind, string ns, string name, string? specKey, JsonObject? spec)
    {
        var metadata = new JsonObject { ["name"] = name };
        if (ns.Length > 0)
        {
            metadata["namespace"] = ns;
        }

        // A namespace may be somebody else's, with their own managed-by: it is only made to be there.
        if (kind != "Namespace")
        {
            metadata["labels"] = new JsonObject { [ManagedBy] = "slipway" };
        }

        var content = new JsonObject { ["apiVersion"] = apiVersion, ["kind"] = kind, ["metadata"] = metadata };
        if (specKey is not null)
        {
            content[specKey] = spec;
        }

        return new Manifest(new ManifestId(apiVersion, kind, ns, name), content);
    }

    public static Manifest ClusterPolicy(string name, JsonObject spec) => Object(CiliumApi, "CiliumClusterwideNetworkPolicy", "", name, "spec", spec);

    public static JsonArray List(params IEnumerable<JsonNode> items) => [.. items];

    public static JsonArray Texts(params IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];

    public static JsonObject Labels(params IEnumerable<KeyValuePair<string, string>> labels)
    {
        var map = new JsonObject();
        foreach (var (key, value) in labels)
        {
            map[key] = value;
        }

        return new JsonObject { ["matchLabels"] = map };
    }

    /// <summary>Labels of pods in Cilium's spelling, with the source that they come from.</summary>
    public static JsonObject Pods(string ns, params IEnumerable<KeyValuePair<string, string>> labels) =>
        Labels([new(NamespaceLabel, ns), .. labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => new KeyValuePair<string, string>($"k8s:{label.Key}", label.Value))]);

    /// <summary>
    /// One port, or a range as port and endPort: "8000-8002" passes the API server and is then refused by the agent, so that
    /// nothing is enforced (cilium/cilium#26384).
    /// </summary>
    public static JsonObject Port(PortRange range, string protocol)
    {
        var port = new JsonObject { ["port"] = $"{range.First}" };
        if (range.Last > range.First)
        {
            port["endPort"] = range.Last;
        }

        port["protocol"] = protocol;
        return port;
    }

    public static JsonObject Port(int port, string protocol) => Port(new PortRange(port, port), protocol);

    public static JsonArray ToPorts(params IEnumerable<JsonObject> ports) => [new JsonObject { ["ports"] = new JsonArray([.. ports]) }];
}
