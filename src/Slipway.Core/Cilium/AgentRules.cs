using Slipway.Core.Spec;

namespace Slipway.Core.Cilium;

/// <summary>
/// Values that helm renders without complaint and with which the agent or the operator then refuses to start, or Talos to run
/// them. Found here they cost a line of text; found there, a cluster in a crash loop.
/// </summary>
internal static class AgentRules
{
    private delegate void Rule(ValueReader values, ClusterSpec spec, ValueFindings findings);

    private static readonly Rule[] s_rules =
    [
        OneOf("loadBalancer/mode", "snat", "dsr", "hybrid"),
        OneOf("loadBalancer/acceleration", "disabled", "native", "best-effort", "testing-only"),
        OneOf("loadBalancer/dsrDispatch", "opt", "geneve", "ipip"),
        OneOf("loadBalancer/algorithm", "random", "maglev"),
        OneOf("routingMode", "native", "tunnel"),
        OneOf("tunnelProtocol", "", "vxlan", "geneve"),
        OneOf("policyEnforcementMode", "default", "always", "never"),
        OneOf("dnsProxy/dnsRejectResponseCode", "refused", "nameError"),
        OneOf("ipam/mode", "kubernetes", "cluster-pool", "multi-pool", "crd", "eni", "azure", "alibabacloud", "delegated-plugin"),
        OneOf("hubble/tls/auto/method", "helm", "cronJob", "certmanager"),
        RoutingRules.NativeNeedsCidr,
        RoutingRules.DirectRoutesNeedNativeRouting,
        RoutingRules.DsrTransport,
        RoutingRules.MasqueradeInEbpf,
        RoutingRules.MasqueradeInIptables,
        RoutingRules.NoConntrackRules,
        RoutingRules.LegacyHostRouting,
        RoutingRules.Acceleration,
        RoutingRules.NodePorts,
        SharedRules.ClusterName,
        SharedRules.KubeProxyReplacement,
        SharedRules.Maglev,
        SharedRules.EventBuffer,
        SharedRules.Hubble,
        SharedRules.Operators,
        SharedRules.TalosCapabilities,
        SharedRules.ExtraConfig,
        SharedRules.DnsPolicies,
        SharedRules.HostFirewall,
        SharedRules.PodAddresses,
    ];

    public static void Check(System.Text.Json.Nodes.JsonObject values, ClusterSpec spec, ValueFindings findings)
    {
        var reader = new ValueReader(values);
        foreach (var rule in s_rules)
        {
            rule(reader, spec, findings);
        }
    }

    private static Rule OneOf(string path, params string[] allowed) => (values, _, findings) =>
    {
        if (values.Text(path) is { } text && !allowed.Contains(text, StringComparer.OrdinalIgnoreCase))
        {
            var near = Nearest.To(text, allowed);
            findings.Error(path, $"'{text}' renders, but Cilium would refuse to start on it", $"one of {string.Join(", ", allowed.Where(word => word.Length > 0))}", near is null ? null : $"did you mean {near}?");
        }
    };
}
