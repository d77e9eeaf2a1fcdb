using System.Text.Json.Nodes;
using Slipway.Core.Diagnostics;
using Slipway.Core.Policies;
using Slipway.Core.Spec;
using Slipway.Tests.Cilium;

namespace Slipway.Tests.Policies;

public sealed class PolicySetTests
{
    private static readonly ClusterSpec s_denying = Clusters.Usual.WithPolicies(policies => policies with { DenyCidrs = ["198.51.100.0/24", "192.0.0.0/8"] });

    [Fact]
    public void The_namespace_comes_first_and_each_object_names_itself()
    {
        var manifests = PolicySet.For(s_denying);

        Assert.Equal(
            ["Namespace/jupiter", "CiliumClusterwideNetworkPolicy/slipway-validators", "CiliumNetworkPolicy/jupiter/slipway-jupiter",
                "CiliumClusterwideNetworkPolicy/slipway-deny-validators", "CiliumClusterwideNetworkPolicy/slipway-deny-pods"],
            manifests.Select(manifest => manifest.Id.ToString()));
        Assert.All(manifests, manifest =>
        {
            Assert.Equal(manifest.Id.ApiVersion, (string?)manifest.Content["apiVersion"]);
            Assert.Equal(manifest.Id.Kind, (string?)manifest.Content["kind"]);
            Assert.Equal(manifest.Id.Name, (string?)manifest.Content["metadata"]!["name"]);
            Assert.Equal(manifest.Id.Namespace, (string?)manifest.Content["metadata"]!["namespace"] ?? "");
        });
    }

    [Fact]
    public void No_policy_of_ours_has_what_the_agent_refuses() =>
        Assert.DoesNotContain(PolicySet.For(s_denying).SelectMany(PolicyRules.Check), _ => true);

    [Theory]
    [InlineData(50000)]
    [InlineData(50001)]
    [InlineData(6443)]
    [InlineData(2379)]
    [InlineData(2380)]
    [InlineData(10250)]
    [InlineData(4240)]
    [InlineData(4244)]
    [InlineData(9962)]
    [InlineData(9966)]
    public void The_clusters_own_nodes_reach_every_control_port(int port)
    {
        Assert.True(Allows(peer => Contains(peer, "fromEntities", "remote-node"), port, "TCP"));
        // Before identities are known, nodes count as addresses.
        Assert.True(Allows(peer => Contains(peer, "fromCIDR", "10.0.0.11/32"), port, "TCP"));
    }

    [Theory]
    [InlineData(50000)]
    [InlineData(6443)]
    public void Operators_are_never_cut_off(int port) => Assert.True(Allows(peer => Contains(peer, "fromCIDR", "192.0.2.0/24"), port, "TCP"));

    [Fact]
    public void When_nobody_said_where_operators_sit_the_Talos_API_stays_open()
    {
        var spec = Clusters.Usual with { Network = Clusters.Usual.Network with { OperatorCidrs = [] } };

        Assert.True(Allows(peer => Contains(peer, "fromEntities", "world"), 50000, "TCP", spec));
    }

    [Fact]
    public void Gossip_is_open_as_one_range_and_RPC_to_Jupiter_only()
    {
        var rules = Ingress(Clusters.Usual);

        var gossip = Assert.Single(rules, rule => Contains(rule, "fromEntities", "all") && Covers(rule, 8001, "UDP"));
        Assert.Equal("""{"port":"8000","endPort":8002,"protocol":"UDP"}""", gossip["toPorts"]![0]!["ports"]![0]!.ToJsonString());
        var rpc = Assert.Single(rules, rule => Covers(rule, 8899, "TCP"));
        Assert.Equal(
            """[{"matchLabels":{"k8s:io.kubernetes.pod.namespace":"jupiter","k8s:app":"jupiter-api"}}]""",
            rpc["fromEndpoints"]!.ToJsonString());
    }

    [Fact]
    public void Path_MTU_messages_get_through() =>
        Assert.Contains(Ingress(Clusters.Usual), rule => rule["icmps"]?.ToJsonString().Contains("""{"family":"IPv4","type":3}""", StringComparison.Ordinal) == true);

    [Fact]
    public void Egress_of_a_validator_is_left_open() => Assert.False(Host(Clusters.Usual).ContainsKey("egress"));

    [Fact]
    public void Nodes_are_selected_by_a_label_that_Cilium_keeps()
    {
        Assert.Equal("""{"matchLabels":{"slipway/role":"validator"}}""", Host(Clusters.Usual)["nodeSelector"]!.ToJsonString());
        Assert.Equal("validator", ValidatorNodes.LabelsOf(Clusters.Usual.Nodes[3])["slipway/role"]);
        Assert.Empty(ValidatorNodes.LabelsOf(Clusters.Usual.Nodes[0]));
    }

    [Fact]
    public void Denying_does_not_deny_everything_else()
    {
        var deny = Spec(s_denying, "slipway-deny-validators");

        Assert.False((bool)deny["enableDefaultDeny"]!["ingress"]!);
        Assert.False(deny.ContainsKey("ingress"));
    }

    [Fact]
    public void What_the_operator_sits_in_is_cut_out_of_a_denied_range() =>
        Assert.Equal(
            """[{"fromCIDRSet":[{"cidr":"198.51.100.0/24"},{"cidr":"192.0.0.0/8","except":["192.0.2.0/24"]}]}]""",
            Spec(s_denying, "slipway-deny-pods")["ingressDeny"]!.ToJsonString());

    [Theory]
    [InlineData("192.0.2.16/28")]
    [InlineData("10.244.1.0/24")]
    [InlineData("10.0.0.11/32")]
    public void Denying_operators_nodes_or_pods_is_an_error_and_is_not_done(string cidr)
    {
        var spec = Clusters.Usual.WithPolicies(policies => policies with { DenyCidrs = [cidr] });

        Assert.Contains(PolicySet.Check(spec, "c"), finding => finding.Severity == Severity.Error && finding.Path == "policies.denyCidrs[0]");
        Assert.DoesNotContain(PolicySet.For(spec), manifest => manifest.Id.Name.Contains("deny", StringComparison.Ordinal));
    }

    [Fact]
    public void Jupiters_names_are_learned_by_the_rule_that_allows_them()
    {
        var spec = Clusters.Usual.WithPolicies(policies => policies with { Audit = false });
        var egress = Spec(spec, "slipway-jupiter")["egress"]!.AsArray();

        var dns = egress[0]!["toPorts"]![0]!["rules"]!["dns"]!.ToJsonString();
        Assert.Contains("*.solana.com", dns, StringComparison.Ordinal);
        Assert.Contains("*.*.svc.cluster.local", dns, StringComparison.Ordinal);
        Assert.DoesNotContain("""{"matchPattern":"*"}""", dns, StringComparison.Ordinal);
        Assert.Equal("""[{"matchPattern":"*.solana.com"},{"matchPattern":"*.jup.ag"}]""", egress[^1]!["toFQDNs"]!.ToJsonString());
    }

    [Fact]
    public void In_audit_the_DNS_proxy_answers_every_name() =>
        Assert.Contains("""{"matchPattern":"*"}""", Spec(Clusters.Usual, "slipway-jupiter").ToJsonString(), StringComparison.Ordinal);

    [Fact]
    public void A_cluster_without_validators_gets_no_host_policy_and_is_told() =>
        Assert.Contains(PolicySet.Check(Clusters.Usual with { Nodes = [Clusters.Usual.Nodes[0]] }, "c"), finding => finding.Path == "policies");

    [Fact]
    public void Policies_that_are_off_are_none() => Assert.Empty(PolicySet.For(Clusters.Usual.WithPolicies(policies => policies with { Enabled = false })));

    [Fact]
    public void A_gossip_range_too_narrow_for_a_validator_is_warned_of() =>
        Assert.Contains(PolicySet.Check(Clusters.Usual, "c"), finding => finding.Severity == Severity.Warning && finding.Path == "policies.gossip");

    [Fact]
    public void The_same_spec_gives_the_same_objects() =>
        Assert.Equal(PolicySet.For(s_denying).Select(manifest => manifest.Content.ToJsonString()), PolicySet.For(s_denying).Select(manifest => manifest.Content.ToJsonString()));

    private static JsonObject Spec(ClusterSpec spec, string name) => (JsonObject)PolicySet.For(spec).Single(manifest => manifest.Id.Name == name).Content["spec"]!;

    private static JsonObject Host(ClusterSpec spec) => Spec(spec, "slipway-validators");

    private static IEnumerable<JsonObject> Ingress(ClusterSpec spec) => Host(spec)["ingress"]!.AsArray().Select(rule => (JsonObject)rule!);

    private static bool Allows(Func<JsonObject, bool> peer, int port, string protocol, ClusterSpec? spec = null) =>
        Ingress(spec ?? Clusters.Usual).Any(rule => peer(rule) && Covers(rule, port, protocol));

    private static bool Contains(JsonObject rule, string peers, string peer) => rule[peers]?.AsArray().Any(item => (string?)item == peer) == true;

    private static bool Covers(JsonObject rule, int port, string protocol) => rule["toPorts"]?.AsArray().Any(entry => entry!["ports"]!.AsArray().Any(item =>
        (string?)item!["protocol"] == protocol
        && int.Parse((string)item["port"]!, System.Globalization.CultureInfo.InvariantCulture) <= port
        && port <= ((int?)item["endPort"] ?? int.Parse((string)item["port"]!, System.Globalization.CultureInfo.InvariantCulture)))) == true;
}
