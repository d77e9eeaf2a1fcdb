namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>
/// Field names of Cilium's policies (API reference of 1.16), one type a line: <c>s</c> string, <c>i</c> integer, <c>b</c> boolean, <c>q</c> integer or string,
/// <c>m</c> map of strings, <c>*</c> anything, <c>(a|b)</c> one of, <c>[T]</c> list, <c>[T]40</c> list of at most 40, <c>[T~k]</c> list keyed by k.
/// </summary>
internal static class CiliumFields
{
    public const string Text = """
        Policy = spec:Rule specs:[Rule] status:Status
        Status = conditions:[Condition~type] derivativePolicies:*
        Condition = type:s status:s reason:s message:s lastTransitionTime:s
        Rule = endpointSelector:Selector nodeSelector:Selector ingress:[Ingress] ingressDeny:[IngressDeny] egress:[Egress] egressDeny:[EgressDeny] labels:[Label] description:s enableDefaultDeny:DefaultDeny
        DefaultDeny = ingress:b egress:b
        Label = key:s value:s source:s
        Selector = matchLabels:m matchExpressions:[Requirement]
        Requirement = key:s operator:(In|NotIn|Exists|DoesNotExist) values:[s]
        Ingress = fromEndpoints:[Selector] fromRequires:[Selector] fromCIDR:[s] fromCIDRSet:[Cidr] fromEntities:[(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] fromGroups:[Group] fromNodes:[Selector] toPorts:[PortRule] icmps:[Icmp] authentication:Authentication
        IngressDeny = fromEndpoints:[Selector] fromRequires:[Selector] fromCIDR:[s] fromCIDRSet:[Cidr] fromEntities:[(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] fromGroups:[Group] fromNodes:[Selector] toPorts:[PortDeny] icmps:[Icmp]
        Egress = toEndpoints:[Selector] toRequires:[Selector] toCIDR:[s] toCIDRSet:[Cidr] toEntities:[(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] toServices:[Service] toGroups:[Group] toNodes:[Selector] toFQDNs:[Fqdn] toPorts:[PortRule] icmps:[Icmp] authentication:Authentication
        EgressDeny = toEndpoints:[Selector] toRequires:[Selector] toCIDR:[s] toCIDRSet:[Cidr] toEntities:[(all|world|cluster|host|init|ingress|unmanaged|remote-node|health|none|kube-apiserver|world-ipv4|world-ipv6)] toServices:[Service] toGroups:[Group] toNodes:[Selector] toPorts:[PortDeny] icmps:[Icmp]
        Cidr = cidr:s cidrGroupRef:s except:[s]
        Group = aws:*
        Service = k8sService:ServiceName k8sServiceSelector:ServiceSelector
        ServiceName = serviceName:s namespace:s
        ServiceSelector = selector:Selector namespace:s
        Fqdn = matchName:s matchPattern:s
        PortRule = ports:[Port]40 terminatingTLS:* originatingTLS:* serverNames:[s] listener:* rules:L7
        PortDeny = ports:[Port]40
        Port = port:s endPort:port protocol:(TCP|UDP|SCTP|ICMP|ICMPv6|ANY)
        L7 = http:[Http] kafka:[*] dns:[Fqdn] l7proto:s l7:[*]
        Http = path:s method:s host:s headers:[s] headerMatches:[*]
        Icmp = fields:[IcmpField]40
        IcmpField = family:(IPv4|IPv6) type:q
        Authentication = mode:(disabled|required|test-always-fail)
        """;
}
