using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Cilium;

public sealed class CiliumValuesTests
{
    [Theory]
    [InlineData(MasqueradeProfile.None, AccelerationProfile.Disabled, "none.yaml")]
    [InlineData(MasqueradeProfile.Ebpf, AccelerationProfile.BestEffort, "ebpf-best-effort.yaml")]
    public void Each_profile_has_the_values_of_its_golden_file(MasqueradeProfile masquerade, AccelerationProfile acceleration, string golden)
    {
        var spec = Clusters.Usual.With(cilium => cilium with { Masquerade = masquerade, Acceleration = acceleration });

        Assert.Equal(File.ReadAllText(Repository.Golden(golden)), CiliumValues.ToYaml(CiliumValues.For(spec)), ignoreLineEndingDifferences: true);
        Assert.Empty(CiliumValues.Check(spec, "cluster.yaml"));
    }

    [Fact]
    public void Every_generated_key_is_in_the_charts_own_table_and_has_its_type()
    {
        var table = File.ReadLines(Repository.Vector("cilium/1.16.19/values-keys.tsv"))
            .Select(row => row.Split('\t')).ToDictionary(row => row[0], row => row[1]);
        // The chart reads these and its values.yaml leaves them out.
        string[] unlisted = ["kubeProxyReplacement", "policyAuditMode", "loadBalancer.mode", "loadBalancer.dsrDispatch", "devices"];
        var spec = Clusters.Usual.With(cilium => cilium with { Devices = ["bond0"] });

        foreach (var (path, value) in Leaves(CiliumValues.For(spec), ""))
        {
            if (!unlisted.Contains(path))
            {
                Assert.True(table.ContainsKey(path), $"{path} is no key of the chart");
                Assert.True(Fits(table[path], value), $"{path}: {value.ToJsonString()} where the chart has {table[path]}");
            }
        }
    }

    [Fact]
    public void A_single_node_gets_a_single_operator()
    {
        var one = Clusters.Usual with { Nodes = [Clusters.Usual.Nodes[0]] };

        Assert.Equal(1, (int)CiliumValues.For(one)["operator"]!["replicas"]!);
        Assert.Equal(2, (int)CiliumValues.For(Clusters.Usual)["operator"]!["replicas"]!);
    }

    [Fact]
    public void IPv6_pods_switch_IPv6_on()
    {
        var dual = Clusters.Usual with { Network = Clusters.Usual.Network with { PodCidrs = ["10.244.0.0/16", "fd00:10:244::/56"] } };
        var values = CiliumValues.For(dual);

        Assert.True((bool)values["ipv6"]!["enabled"]!);
        Assert.Equal("fd00:10:244::/56", (string?)values["ipv6NativeRoutingCIDR"]);
    }

    [Fact]
    public void Overrides_merge_into_maps_and_replace_lists_and_keep_their_types()
    {
        var values = CiliumValues.For(Clusters.Usual.WithValues("""
            k8sServicePort: "7446"
            hubble:
              metrics:
                enabled: [dns]
              ui: null
            maglev: {tableSize: 0x3fd}
            extraConfig: {a: 'true', b: !!str 9}
            """));

        Assert.Equal(JsonValueKind.String, values["k8sServicePort"]!.GetValueKind());
        Assert.Equal("""["dns"]""", values["hubble"]!["metrics"]!["enabled"]!.ToJsonString());
        Assert.Equal(9965, (int)values["hubble"]!["metrics"]!["port"]!);
        Assert.True(values["hubble"]!.AsObject().ContainsKey("ui"));
        Assert.Null(values["hubble"]!["ui"]);
        Assert.Equal(1021, (int)values["maglev"]!["tableSize"]!);
        Assert.Equal("""{"a":"true","b":"9"}""", values["extraConfig"]!.ToJsonString());
    }

    [Fact]
    public void Overrides_that_are_no_mapping_are_told_with_their_place()
    {
        var error = Assert.Throws<BadInputException>(() => CiliumValues.For(Clusters.Usual.WithValues("- a\n- b\n", line: 12)));

        Assert.Contains(error.Diagnostics, finding => finding.Line == 12 && finding.Expected == "one mapping of chart values");
    }

    [Fact]
    public void Aliases_that_stand_for_billions_are_refused()
    {
        var bomb = "a: &a [1,1,1,1,1,1,1,1,1,1]\n" + string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"{(char)('a' + i)}: &{(char)('a' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i - 1)}", 10))}]\n"));

        var findings = CiliumValues.Check(Clusters.Usual.WithValues(bomb), "cluster.yaml");

        Assert.Contains(findings, finding => finding.Message.Contains("aliases", StringComparison.Ordinal));
    }

    [Fact]
    public void Deep_nesting_is_a_finding_and_not_a_crash()
    {
        var findings = CiliumValues.Check(Clusters.Usual.WithValues(new string('[', 20_000)), "cluster.yaml");

        Assert.Contains(findings, finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public void A_later_chart_may_know_keys_that_this_table_does_not()
    {
        var spec = Clusters.Usual.With(cilium => cilium with { Version = new ReleaseVersion(1, 18, 12) }).WithValues("bandwidthManager: {bbrHostNamespaceOnly: true}\n");

        var finding = Assert.Single(CiliumValues.Check(spec, "cluster.yaml"));

        Assert.Equal(Severity.Warning, finding.Severity);
    }

    private static IEnumerable<(string Path, JsonNode Value)> Leaves(JsonObject map, string prefix) => map.SelectMany(entry =>
        entry.Value is JsonObject inner ? Leaves(inner, $"{prefix}{entry.Key}.") : [($"{prefix}{entry.Key}", entry.Value!)]);

    private static bool Fits(string type, JsonNode value) => (type, value.GetValueKind()) switch
    {
        ("bool", JsonValueKind.True or JsonValueKind.False) => true,
        ("int", JsonValueKind.Number) => true,
        ("str", JsonValueKind.String) => true,
        ("list", JsonValueKind.Array) => true,
        // Set to nothing by default, so that the table does not know: the schema says boolean and integer or string.
        ("NoneType", _) => true,
        // The schema allows both for these two.
        ("str", JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => value.GetPath() is "$.k8sServicePort" or "$.autoDirectNodeRoutes",
        _ => false,
    };
}
