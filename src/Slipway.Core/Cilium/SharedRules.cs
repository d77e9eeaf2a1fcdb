using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Spec;

namespace Slipway.Core.Cilium;

/// <summary>Rules about everything that is not the path of packets.</summary>
internal static class SharedRules
{
    private static readonly long[] s_maglevSizes = [251, 509, 1021, 2039, 4093, 8191, 16381, 32749, 65521, 131071];

    /// <summary>Cilium keeps cluster names to 32 characters so that ClusterMesh can carry them.</summary>
    public static void ClusterName(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Text("cluster/name") is { Length: > 32 } name)
        {
            findings.Error("cluster/name", $"'{name}' has {name.Length} characters", "at most 32", "set cilium.values.cluster.name to a shorter one");
        }
    }

    public static void KubeProxyReplacement(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Text("kubeProxyReplacement") is { } text && text is not ("true" or "false"))
        {
            findings.Error("kubeProxyReplacement", $"'{text}' ended with Cilium 1.15; the chart refuses it", "true");
        }
        else if (!values.Flag("kubeProxyReplacement"))
        {
            findings.Error("kubeProxyReplacement", "false, and Slipway's machine configs run no kube-proxy: nobody would serve Services", "true");
        }
    }

    public static void Maglev(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Integer("maglev/tableSize") is { } size && !s_maglevSizes.Contains(size))
        {
            findings.Error("maglev/tableSize", $"{size}", $"one of {string.Join(", ", s_maglevSizes)}");
        }
    }

    public static void EventBuffer(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Integer("hubble/eventBufferCapacity") is { } capacity && (capacity < 1 || capacity > 65535 || (capacity & (capacity + 1)) != 0))
        {
            findings.Error("hubble/eventBufferCapacity", $"{capacity}", "2^n-1 up to 65535, such as 16383");
        }
    }

    public static void Hubble(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        var (hubble, relay) = (values.Flag("hubble/enabled", true), values.Flag("hubble/relay/enabled"));
        if (relay && !hubble)
        {
            findings.Error("hubble/relay/enabled", "the relay without Hubble: the chart refuses it", "hubble.enabled: true");
        }

        if (values.Flag("hubble/ui/enabled") && !values.Flag("hubble/ui/standalone/enabled") && !relay)
        {
            findings.Error("hubble/ui/enabled", "the UI without the relay: the chart refuses it", "hubble.relay.enabled: true");
        }

        if (values.Text("hubble/tls/auto/method") == "cronJob" && !spec.Cilium.Version.IsAtLeast(1, 19))
        {
            findings.Warning("hubble/tls/auto/method", "before chart 1.19 cronJob makes the first certificates in a post-install hook, on which helm can block for minutes", "helm", "cilium/cilium#40381");
        }
    }

    public static void Operators(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Integer("operator/replicas") is { } replicas && (replicas < 1 || replicas > spec.Nodes.Count))
        {
            findings.Error("operator/replicas", $"{replicas} operators on {spec.Nodes.Count} {(spec.Nodes.Count == 1 ? "node" : "nodes")}; no two share a node", $"1 to {spec.Nodes.Count}");
        }
    }

    public static void TalosCapabilities(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        foreach (var container in (string[])["ciliumAgent", "cleanCiliumState", "mountCgroup", "applySysctlOverwrites"])
        {
            var path = $"securityContext/capabilities/{container}";
            if (values.List(path).Contains("SYS_MODULE", StringComparer.Ordinal))
            {
                findings.Error(path, "SYS_MODULE: Talos gives it to no container (unable to apply caps: operation not permitted)", "the list without it");
            }
        }
    }

    public static void ExtraConfig(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Node("extraConfig") is not JsonObject extra)
        {
            return;
        }

        foreach (var (key, value) in extra.Where(entry => entry.Value is { } value && value.GetValueKind() != JsonValueKind.String))
        {
            findings.Error($"extraConfig/{key}", $"{value!.ToJsonString()} becomes data of a ConfigMap, which the API server takes as text only", "text", "put it in quotes");
        }

        if (extra["install-iptables-rules"]?.ToString() != "false")
        {
            return;
        }

        if (spec.Cilium.Version.IsAtLeast(1, 20))
        {
            findings.Error("extraConfig/install-iptables-rules", "from Cilium 1.20 the agent refuses false together with kube-proxy replacement", "no such entry");
        }
        else if (values.Flag("l7Proxy", true))
        {
            findings.Error("extraConfig/install-iptables-rules", "false with l7Proxy: the agent would refuse to start (L7 proxy requires iptables rules)", "no such entry, or l7Proxy: false");
        }
    }

    public static void DnsPolicies(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (!values.Flag("l7Proxy", true) && spec.Policies is { Enabled: true })
        {
            findings.Error("l7Proxy", "false, but the policy on Jupiter's DNS needs the proxy: the agent would refuse the policy", "true, or policies.enabled: false");
        }
    }

    public static void HostFirewall(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        var firewall = values.Flag("hostFirewall/enabled");
        if (firewall && values.Flag("encryption/enabled") && (values.Text("encryption/type") ?? "ipsec") == "ipsec")
        {
            findings.Error("hostFirewall/enabled", "the host firewall together with IPsec: the agent would refuse to start", "encryption.type: wireguard, or no encryption");
        }

        if (!firewall && spec.Policies.Enabled)
        {
            findings.Error("hostFirewall/enabled", "false: validators run in the host's network, and without it no policy applies to them", "true, or policies.enabled: false");
        }
    }

    public static void PodAddresses(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Text("ipam/mode") is { } mode && mode != "kubernetes")
        {
            findings.Warning("ipam/mode", $"'{mode}': pods then get addresses from elsewhere than network.podCidrs", "kubernetes");
        }
    }
}
