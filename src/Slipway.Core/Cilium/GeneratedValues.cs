using System.Text.Json.Nodes;
using Slipway.Core.Spec;

namespace Slipway.Core.Cilium;

/// <summary>The chart values that follow from the spec alone, before the user's own are laid over them.</summary>
internal static class GeneratedValues
{
    /// <summary>KubePrism: the API server's load balancer that Talos runs on every node, there before any Service is.</summary>
    private const int KubePrismPort = 7445;

    /// <summary>Each part owns its own keys; together they are the whole release.</summary>
    public static JsonObject For(ClusterSpec spec)
    {
        var values = new JsonObject();
        foreach (var part in (JsonObject[])[Cluster(spec), Routing(spec), Masquerading(spec), LoadBalancing(spec), Policy(spec), Workloads(spec), OnTalos(), HubbleValues.All()])
        {
            ValueMerge.Over(values, part);
        }

        return values;
    }

    private static JsonObject Cluster(ClusterSpec spec) => new()
    {
        ["cluster"] = new JsonObject { ["name"] = spec.Name },
        // Without kube-proxy nobody serves the kubernetes Service yet, so the agent needs an address that works before it does.
        ["k8sServiceHost"] = "localhost",
        ["k8sServicePort"] = KubePrismPort,
        ["ipam"] = new JsonObject { ["mode"] = "kubernetes" },
        ["ipv4"] = new JsonObject { ["enabled"] = PodCidr(spec, ipv6: false) is not null },
        ["ipv6"] = new JsonObject { ["enabled"] = PodCidr(spec, ipv6: true) is not null },
    };

    private static JsonObject Routing(ClusterSpec spec)
    {
        var routing = new JsonObject
        {
            ["routingMode"] = "native",
            ["autoDirectNodeRoutes"] = spec.Cilium.AutoDirectNodeRoutes,
            // Of pods and of Cilium's own devices; the NIC's is set in the machine config.
            ["MTU"] = spec.Network.Mtu,
        };
        if (PodCidr(spec, ipv6: false) is { } ipv4)
        {
            routing["ipv4NativeRoutingCIDR"] = ipv4;
        }

        if (PodCidr(spec, ipv6: true) is { } ipv6)
        {
            routing["ipv6NativeRoutingCIDR"] = ipv6;
        }

        if (spec.Cilium.Devices.Count > 0)
        {
            routing["devices"] = new JsonArray([.. spec.Cilium.Devices.Select(device => JsonValue.Create(device))]);
        }

        return routing;
    }

    /// <remarks>
    /// bpf.masquerade=false alone would hand the translation to iptables; only with enableIPv4Masquerade=false does nobody
    /// translate. Legacy host routing stays on in both profiles: Talos forwards cluster DNS to an address of the host, which
    /// eBPF host routing cannot reach (cilium/cilium#36737, siderolabs/talos#10002).
    /// </remarks>
    private static JsonObject Masquerading(ClusterSpec spec)
    {
        var ebpf = spec.Cilium.Masquerade == MasqueradeProfile.Ebpf;
        return new JsonObject
        {
            ["bpf"] = new JsonObject { ["masquerade"] = ebpf, ["hostLegacyRouting"] = true },
            ["enableIPv4Masquerade"] = ebpf && PodCidr(spec, ipv6: false) is not null,
            ["enableIPv6Masquerade"] = ebpf && PodCidr(spec, ipv6: true) is not null,
        };
    }

    private static JsonObject LoadBalancing(ClusterSpec spec) => new()
    {
        ["kubeProxyReplacement"] = true,
        ["socketLB"] = new JsonObject { ["enabled"] = true },
        ["loadBalancer"] = new JsonObject
        {
            ["mode"] = "dsr",
            ["dsrDispatch"] = "opt",
            ["acceleration"] = spec.Cilium.Acceleration switch
            {
                AccelerationProfile.Native => "native",
                AccelerationProfile.BestEffort => "best-effort",
                _ => "disabled",
            },
        },
        ["bandwidthManager"] = new JsonObject
        {
            ["enabled"] = true,
            // BBR for pods needs eBPF host routing; the agent refuses the pair.
            ["bbr"] = false,
        },
    };

    private static JsonObject Policy(ClusterSpec spec) => new()
    {
        // Validators run in the host's network: only the host firewall sees their traffic.
        ["hostFirewall"] = new JsonObject { ["enabled"] = spec.Policies.Enabled },
        ["policyEnforcementMode"] = "default",
        ["policyAuditMode"] = spec.Policies.Audit,
        ["l7Proxy"] = true,
        ["dnsProxy"] = new JsonObject
        {
            // REFUSED ends musl's walk along the search list; NXDOMAIN lets it go on to the name that is allowed.
            ["dnsRejectResponseCode"] = "nameError",
            ["enableDnsCompression"] = true,
        },
    };

    private static JsonObject Workloads(ClusterSpec spec) => new()
    {
        // Without these, agents keep running on the values they were started with.
        ["rollOutCiliumPods"] = true,
        ["prometheus"] = new JsonObject { ["enabled"] = true, ["port"] = 9962 },
        ["operator"] = new JsonObject
        {
            // Operators refuse to share a node: on a single one the second would stay Pending for ever.
            ["replicas"] = spec.Nodes.Count > 1 ? 2 : 1,
            ["rollOutPods"] = true,
            ["prometheus"] = new JsonObject { ["enabled"] = true, ["port"] = 9963 },
        },
        ["envoy"] = new JsonObject
        {
            ["enabled"] = true,
            ["rollOutPods"] = true,
            ["prometheus"] = new JsonObject { ["enabled"] = true, ["port"] = "9964" },
        },
    };

    private static JsonObject OnTalos() => new()
    {
        ["cgroup"] = new JsonObject
        {
            ["autoMount"] = new JsonObject { ["enabled"] = false },
            ["hostRoot"] = "/sys/fs/cgroup",
        },
        // Kept on: chart 1.16 drops the bpf-maps volume without it, and then maps no longer survive an agent.
        ["bpf"] = new JsonObject { ["autoMount"] = new JsonObject { ["enabled"] = true } },
        // Writes /etc/sysctl.d, which Talos does not have.
        ["sysctlfix"] = new JsonObject { ["enabled"] = false },
        ["cni"] = new JsonObject { ["exclusive"] = true },
        // The chart's own lists less SYS_MODULE, which Talos gives to nobody ("unable to apply caps").
        ["securityContext"] = new JsonObject
        {
            ["capabilities"] = new JsonObject
            {
                ["ciliumAgent"] = List("CHOWN", "KILL", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "SYS_ADMIN", "SYS_RESOURCE", "DAC_OVERRIDE", "FOWNER", "SETGID", "SETUID"),
                ["cleanCiliumState"] = List("NET_ADMIN", "SYS_ADMIN", "SYS_RESOURCE"),
            },
        },
    };

    internal static JsonArray List(params IEnumerable<string> items) => [.. items.Select(item => JsonValue.Create(item))];

    private static string? PodCidr(ClusterSpec spec, bool ipv6) => spec.Network.PodCidrs.FirstOrDefault(cidr => cidr.Contains(':') == ipv6);
}
