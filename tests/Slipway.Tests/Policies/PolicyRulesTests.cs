using System.Text.Json.Nodes;
using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;
using Slipway.Core.Policies;

namespace Slipway.Tests.Policies;

/// <summary>Each row is something that the API server accepts and the agent does not do.</summary>
public sealed class PolicyRulesTests
{
    private const string Node = """ "nodeSelector":{"matchLabels":{"a":"b"}}, """;
    private const string Pods = """ "endpointSelector":{}, """;

    [Theory]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"8000-8002","protocol":"UDP"}]}]}] """, "no range", "endPort: 8002")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":8000,"protocol":"UDP"}]}]}] """, "8000", "in quotes")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"8000","endPort":"8002","protocol":"UDP"}]}]}] """, "8002", "an integer")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"8000","endPort":7000,"protocol":"UDP"}]}]}] """, "below port", "8000 or more")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"http","endPort":7000,"protocol":"UDP"}]}]}] """, "needs a number", "8000")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"70000","protocol":"UDP"}]}]}] """, "70000", "65535")]
    [InlineData(Pods, """ "ingress":[{"toPorts":[{"ports":[{"port":"80","protocol":"tcp"}]}]}] """, "'tcp'", "TCP")]
    [InlineData(Pods, """ "egress":[{"toPorts":[{"ports":[{"port":"53","endPort":54}],"rules":{"dns":[{"matchPattern":"*"}]}}]}] """, "range of ports", "single ports")]
    [InlineData(Pods, """ "ingress":[{"fromEntities":["world"],"fromEndpoints":[{}]}] """, "refuses to combine", "one rule for each")]
    [InlineData(Pods, """ "ingress":[{"fromEntities":["world"],"fromCIDR":["10.0.0.0/8"]}] """, "refuses to combine", "one rule for each")]
    [InlineData(Pods, """ "egress":[{"toFQDNs":[{"matchName":"a.b"}],"toEndpoints":[{}]}] """, "refuses to combine", "one rule for each")]
    [InlineData(Pods, """ "ingress":[{"icmps":[{"fields":[{"type":8}]}],"toPorts":[{"ports":[{"port":"80"}]}]}] """, "icmps and toPorts", "one rule for each")]
    [InlineData(Node, """ "ingress":[{"toPorts":[{"ports":[{"port":"80"}],"rules":{"http":[{}]}}]}] """, "policy on nodes", "no rules here")]
    [InlineData(Node, """ "egress":[{"toFQDNs":[{"matchName":"a.b"}]}] """, "DNS proxy", "toCIDR")]
    [InlineData(Pods, """ "auditMode":true, "ingress":[] """, "no such field", "")]
    [InlineData(Pods, """ "ingress":[{"from":[{"ipBlock":{"cidr":"10.0.0.0/8"}}]}] """, "no such field", "")]
    [InlineData(Pods, """ "ingress":[{"fromEntitys":["world"]}] """, "no such field", "")]
    [InlineData(Pods, """ "enableDefaultDeny":{"ingress":false} """, "without rules", "one of ingress")]
    [InlineData("", """ "ingress":[{}] """, "no selector", "exactly one")]
    [InlineData("""  "endpointSelector":{}, "nodeSelector":{}, """, """ "ingress":[{}] """, "both", "exactly one")]
    [InlineData(Pods, """ "ingress":[{"fromEntities":["remote-nodes"]}] """, "no entity", "one of")]
    [InlineData(Pods, """ "ingress":[{"fromCIDR":["10.0.0.1/33"]}] """, "no address range", "CIDR")]
    [InlineData(Pods, """ "ingress":[{"fromCIDRSet":[{"cidr":"10.0.0.0/8","except":["11.0.0.0/16"]}]}] """, "not part of", "inside")]
    [InlineData(Pods, """ "egressDeny":[{"toFQDNs":[{"matchName":"a.b"}]}], "egress":[{}] """, "denied", "")]
    public void What_the_agent_would_refuse_is_an_error(string selector, string rules, string message, string expected)
    {
        var finding = Assert.Single(Check("CiliumClusterwideNetworkPolicy", selector + rules), finding => finding.Severity == Severity.Error);

        Assert.Contains(message, finding.Message, StringComparison.Ordinal);
        Assert.Contains(expected, finding.Expected ?? "", StringComparison.Ordinal);
        Assert.Equal("CiliumClusterwideNetworkPolicy/p", finding.File);
    }

    [Fact]
    public void A_namespaced_policy_cannot_select_nodes() =>
        Assert.Contains(Check("CiliumNetworkPolicy", Node + """ "ingress":[{}] """), finding => finding.Path == "spec.nodeSelector");

    [Fact]
    public void More_than_40_ports_in_one_entry_are_too_many()
    {
        static string Ports(int count) => $$""" "ingress":[{"toPorts":[{"ports":[{{string.Join(',', Enumerable.Range(1, count).Select(port => $$"""{"port":"{{port}}"}"""))}}]}]}] """;

        Assert.Single(Check("CiliumNetworkPolicy", Pods + Ports(41)));
        Assert.Empty(Check("CiliumNetworkPolicy", Pods + Ports(40)));
    }

    [Fact]
    public void Every_entry_of_specs_is_checked()
    {
        var content = (JsonObject)JsonNode.Parse("""{"specs":[{"ingress":[{}]},{"endpointSelector":{},"ingress":[{}]}]}""")!;

        var finding = Assert.Single(PolicyRules.Check(new Manifest(new ManifestId("cilium.io/v2", "CiliumNetworkPolicy", "n", "p"), content)));

        Assert.Equal("specs[0]", finding.Path);
    }

    [Fact]
    public void A_policy_that_says_nothing_is_an_error() =>
        Assert.Single(PolicyRules.Check(new Manifest(new ManifestId("cilium.io/v2", "CiliumNetworkPolicy", "n", "p"), [])));

    [Theory]
    [InlineData(""" "ingressDeny":[{"fromCIDR":["10.0.0.0/8"]}] """)]
    [InlineData(""" "egress":[{"toFQDNs":[{"matchName":"a.b"}]}] """)]
    public void What_works_otherwise_than_people_think_is_a_warning(string rules) =>
        Assert.Equal(Severity.Warning, Assert.Single(Check("CiliumNetworkPolicy", Pods + rules)).Severity);

    [Fact]
    public void Other_kinds_are_none_of_our_business() =>
        Assert.Empty(PolicyRules.Check(new Manifest(new ManifestId("v1", "ConfigMap", "n", "p"), [])));

    private static IReadOnlyList<Diagnostic> Check(string kind, string spec) =>
        PolicyRules.Check(new Manifest(new ManifestId("cilium.io/v2", kind, "", "p"), (JsonObject)JsonNode.Parse("{\"spec\":{" + spec + "}}")!));
}
