using Slipway.Core.Spec;

namespace Slipway.Core.Cilium;

/// <summary>Rules about the path of packets: routing, masquerading, load balancing, XDP.</summary>
internal static class RoutingRules
{
    /// <summary>The largest MTU at which common drivers take an XDP program without fragments (mlx5: 3498; others less).</summary>
    private const int SingleBufferMtu = 3498;

    public static void NativeNeedsCidr(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (Native(values) && values.Flag("enableIPv4Masquerade", true) && values.Flag("ipv4/enabled", true) && values.Text("ipv4NativeRoutingCIDR") is null or "")
        {
            findings.Error("ipv4NativeRoutingCIDR", "native routing with masquerading needs to know which addresses not to masquerade", "the pod CIDR");
        }
    }

    public static void DirectRoutesNeedNativeRouting(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Flag("autoDirectNodeRoutes") && !Native(values))
        {
            findings.Error("autoDirectNodeRoutes", "true with tunnel routing: the agent would refuse to start", "false, or routingMode: native");
        }
    }

    public static void DsrTransport(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Text("loadBalancer/mode") is not ("dsr" or "hybrid"))
        {
            return;
        }

        var dispatch = values.Text("loadBalancer/dsrDispatch") ?? "opt";
        var geneve = values.Text("tunnelProtocol") == "geneve";
        if (dispatch == "geneve" && !geneve)
        {
            findings.Error("loadBalancer/dsrDispatch", "geneve dispatch without geneve", "tunnelProtocol: geneve beside it");
        }
        else if (dispatch == "opt" && !Native(values))
        {
            findings.Error("loadBalancer/dsrDispatch", "DSR in IP options works with native routing only", "dsrDispatch: geneve with tunnelProtocol: geneve, or routingMode: native");
        }
        else if (dispatch == "ipip")
        {
            findings.Error("loadBalancer/dsrDispatch", "ipip is for Cilium as a stand-alone load balancer only", "opt or geneve");
        }
    }

    public static void MasqueradeInEbpf(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (!values.Flag("bpf/masquerade"))
        {
            return;
        }

        if (!values.Flag("kubeProxyReplacement") && !values.Flag("nodePort/enabled"))
        {
            findings.Error("bpf/masquerade", "eBPF masquerading without kube-proxy replacement", "kubeProxyReplacement: true");
        }

        if (!values.Flag("enableIPv4Masquerade", true) && !values.Flag("enableIPv6Masquerade", true))
        {
            findings.Error("bpf/masquerade", "true while both address families are switched off", "enableIPv4Masquerade: true, or bpf.masquerade: false");
        }

        foreach (var other in (string[])["egressMasqueradeInterfaces", "enableMasqueradeRouteSource"])
        {
            if (values.Flag(other) || values.Text(other) is { Length: > 0 } and not "false")
            {
                findings.Error(other, "cannot be had together with bpf.masquerade", "one of the two");
            }
        }
    }

    public static void MasqueradeInIptables(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (!values.Flag("bpf/masquerade") && values.Flag("enableIPv4Masquerade", true))
        {
            findings.Warning("enableIPv4Masquerade", "with bpf.masquerade off this puts MASQUERADE rules into iptables", "enableIPv4Masquerade: false, or bpf.masquerade: true");
        }
    }

    public static void NoConntrackRules(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        if (values.Flag("installNoConntrackIptablesRules")
            && !(values.Flag("kubeProxyReplacement") && Native(values) && values.Flag("ipv4/enabled", true)
                && (values.Flag("bpf/masquerade") || !values.Flag("enableIPv4Masquerade", true))))
        {
            findings.Error("installNoConntrackIptablesRules", "needs kube-proxy replacement, native routing, IPv4 and no masquerading in iptables", "false",
                "it adds NOTRACK rules; it does not switch iptables off");
        }
    }

    public static void LegacyHostRouting(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        var legacy = values.Flag("bpf/hostLegacyRouting");
        if (legacy && values.Flag("bandwidthManager/bbr"))
        {
            findings.Error("bandwidthManager/bbr", "BBR needs eBPF host routing, and bpf.hostLegacyRouting is true: the agent would refuse to start", "false");
        }

        if (!legacy)
        {
            findings.Warning("bpf/hostLegacyRouting", "eBPF host routing cuts pods off from DNS while Talos forwards it to the host", "true",
                "or set machine.features.hostDNS.forwardKubeDNSToHost: false");
        }
    }

    public static void Acceleration(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        const string path = "loadBalancer/acceleration";
        var acceleration = values.Text(path) ?? "disabled";
        if (acceleration == "disabled")
        {
            return;
        }

        if (spec.Xdp.Mode != XdpMode.Off)
        {
            findings.Error(path, $"'{acceleration}' while xdp.mode is {spec.Xdp.Mode.ToString().ToLowerInvariant()}: a NIC has one XDP hook, and both want it", "disabled");
        }

        var mtu = values.Integer("MTU") is > 0 and var set ? set : spec.Network.Mtu;
        if (acceleration == "native" && !spec.Cilium.Version.IsAtLeast(1, 19) && mtu > SingleBufferMtu)
        {
            findings.Error(path, $"native XDP at MTU {mtu}: Cilium before 1.19 cannot load XDP with fragments, and the agent would crash in a loop",
                "best-effort or disabled", "cilium/cilium#35426");
        }
    }

    public static void NodePorts(ValueReader values, ClusterSpec spec, ValueFindings findings)
    {
        var parts = (values.Text("nodePort/range") ?? "30000,32767").Split(',');
        if (parts.Length != 2 || !int.TryParse(parts[0], out var first) || !int.TryParse(parts[1], out var last) || first > last || first < 1 || last > 65535)
        {
            findings.Error("nodePort/range", $"'{values.Text("nodePort/range")}' is no port range", "first,last such as 30000,32767");
            return;
        }

        foreach (var (name, ports) in (ReadOnlySpan<(string, PortRange)>)[("gossip", spec.Policies.Gossip), ("rpc", spec.Policies.Rpc)])
        {
            if (ports.First <= last && ports.Last >= first)
            {
                findings.Error("nodePort/range", $"NodePorts {first}-{last} overlap the validators' {name} ports {ports.First}-{ports.Last}", "ranges that do not meet");
            }
        }
    }

    private static bool Native(ValueReader values) => values.Text("routingMode") == "native";
}
