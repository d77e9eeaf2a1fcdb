namespace Slipway.Core.Policies;

/// <summary>The fields of CiliumNetworkPolicy v2 as the CRDs of Cilium 1.16 name them.</summary>
internal static class PolicyFields
{
    public static readonly string[] Spec =
        ["description", "egress", "egressDeny", "enableDefaultDeny", "endpointSelector", "ingress", "ingressDeny", "labels", "nodeSelector"];

    public static readonly string[] IngressPeers = ["fromEndpoints", "fromEntities", "fromCIDR", "fromCIDRSet", "fromGroups", "fromNodes"];

    public static readonly string[] EgressPeers =
        ["toEndpoints", "toEntities", "toCIDR", "toCIDRSet", "toServices", "toFQDNs", "toGroups", "toNodes"];

    public static readonly string[] Ingress = [.. IngressPeers, "fromRequires", "toPorts", "icmps", "authentication"];

    public static readonly string[] Egress = [.. EgressPeers, "toRequires", "toPorts", "icmps", "authentication"];

    public static readonly string[] PortRule =
        ["listener", "originatingTLS", "ports", "rules", "serverNames", "terminatingTLS"];

    public static readonly string[] Port = ["endPort", "port", "protocol"];

    public static readonly string[] Protocols = ["TCP", "UDP", "SCTP", "ICMP", "ICMPV6", "ANY"];

    public static readonly string[] Entities =
        ["all", "world", "world-ipv4", "world-ipv6", "cluster", "host", "init", "ingress", "unmanaged", "remote-node", "health", "none", "kube-apiserver"];
}
