using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Core.Policies;

/// <summary>
/// What pods in the Jupiter namespace may look up and reach: the cluster's own names, the allowed domains, each other, and the
/// validators' RPC. toFQDNs knows only what the DNS proxy has seen answered, so the rule on DNS belongs to it.
/// </summary>
internal static class JupiterPolicy
{
    public static Manifest For(ClusterSpec spec)
    {
        var policies = spec.Policies;
        var egress = new JsonArray(
            new JsonObject
            {
                ["toEndpoints"] = new JsonArray(PolicyJson.Pods("kube-system", new KeyValuePair<string, string>("k8s-app", "kube-dns"))),
                ["toPorts"] = new JsonArray(new JsonObject
                {
                    ["ports"] = new JsonArray(PolicyJson.Port(53, "UDP"), PolicyJson.Port(53, "TCP")),
                    ["rules"] = new JsonObject { ["dns"] = Patterns(DnsPatterns(spec)) },
                }),
            },
            new JsonObject { ["toEndpoints"] = new JsonArray(PolicyJson.Labels(new KeyValuePair<string, string>(PolicyJson.NamespaceLabel, policies.JupiterNamespace))) },
            new JsonObject
            {
                // Validators share the host's network, so to a pod they are the node.
                ["toEntities"] = PolicyJson.Texts("host", "remote-node"),
                ["toPorts"] = PolicyJson.ToPorts(PolicyJson.Port(policies.Rpc, "TCP")),
            });
        if (policies.AllowedDomains.Count > 0)
        {
            // A rule of its own: toFQDNs combines with no other peer.
            egress.Add(new JsonObject { ["toFQDNs"] = Patterns(policies.AllowedDomains) });
        }

        return PolicyJson.Object(PolicyJson.CiliumApi, "CiliumNetworkPolicy", policies.JupiterNamespace, "slipway-jupiter", "spec", new JsonObject
        {
            ["description"] = "What Jupiter's pods may look up and reach.",
            ["endpointSelector"] = new JsonObject(),
            ["egress"] = egress,
        });
    }

    private static IEnumerable<string> DnsPatterns(ClusterSpec spec)
    {
        // '*' does not cross dots: one pattern for service.namespace, one for the names of pods behind headless services.
        string[] own = [$"*.*.svc.{spec.Network.DnsDomain}", $"*.*.*.svc.{spec.Network.DnsDomain}"];
        // Audit mode judges packets, not the proxy's answers: until it is off, every name is answered and seen.
        return own.Concat(spec.Policies.AllowedDomains).Concat(spec.Policies.Audit ? ["*"] : []).Distinct(StringComparer.Ordinal);
    }

    private static JsonArray Patterns(IEnumerable<string> patterns) => PolicyJson.List(patterns.Select(pattern =>
        (JsonNode)new JsonObject { [pattern.Contains('*') ? "matchPattern" : "matchName"] = pattern }));
}
