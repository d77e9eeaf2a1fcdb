using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Cilium;

public sealed class ValueChecksTests
{
    [Theory]
    [InlineData("hubble: {relya: {enabled: true}}", "hubble.relya", "did you mean relay?")]
    [InlineData("bpf: {hostRouting: true}", "bpf.hostRouting", "hostLegacyRouting")]
    [InlineData("installIptablesRules: false", "installIptablesRules", "no chart value")]
    [InlineData("iptables: {enabled: false}", "iptables", "no chart value")]
    [InlineData("mtu: 9000", "mtu", "MTU, in capitals")]
    [InlineData("tunnel: disabled", "tunnel", "routingMode: native")]
    [InlineData("acceleration: native", "acceleration", "loadBalancer.acceleration")]
    public void A_key_that_the_chart_does_not_read_is_an_error_with_a_hint(string yaml, string path, string hint)
    {
        var finding = Assert.Single(Check(yaml), finding => finding.Severity == Severity.Error);

        Assert.Equal($"cilium.values.{path}", finding.Path);
        Assert.Contains(hint, finding.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MTU: \"9000\"", "take the quotes away")]
    [InlineData("envoy: {prometheus: {port: 9964}}", "put it in quotes")]
    [InlineData("loadBalancer: {acceleration: {enabled: true}}", null)]
    [InlineData("rollOutCiliumPods: 1", null)]
    [InlineData("operator: [a]", null)]
    public void A_value_of_another_type_is_an_error(string yaml, string? hint)
    {
        var finding = Assert.Single(Check(yaml), finding => finding.Message.StartsWith("got ", StringComparison.Ordinal));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Equal(hint, finding.Hint);
        Assert.NotNull(finding.Expected);
    }

    [Theory]
    [InlineData("nodeSelector: {disk: fast}")]
    [InlineData("podAnnotations: {example.com/any: thing}")]
    [InlineData("operator: {affinity: {nodeAffinity: {}}}")]
    [InlineData("bpf: {ctAnyMax: 1048576}")]
    [InlineData("devices: bond0 eth+")]
    [InlineData("operator: {resources: {limits: {cpu: 1}}}")]
    public void What_passes_into_Kubernetes_objects_is_not_held_against_the_table(string yaml) =>
        Assert.DoesNotContain(Check(yaml), finding => finding.Severity == Severity.Error);

    [Theory]
    [InlineData("loadBalancer: {mode: DSRR}", "loadBalancer.mode")]
    [InlineData("loadBalancer: {acceleration: turbo}", "loadBalancer.acceleration")]
    [InlineData("ipam: {mode: bogus}", "ipam.mode")]
    [InlineData("kubeProxyReplacement: strict", "kubeProxyReplacement")]
    [InlineData("kubeProxyReplacement: false", "kubeProxyReplacement")]
    [InlineData("enableIPv4Masquerade: true\nipv4NativeRoutingCIDR: ''", "ipv4NativeRoutingCIDR")]
    [InlineData("routingMode: tunnel\nloadBalancer: {mode: snat}", "autoDirectNodeRoutes")]
    [InlineData("routingMode: tunnel\nautoDirectNodeRoutes: false", "loadBalancer.dsrDispatch")]
    [InlineData("loadBalancer: {dsrDispatch: geneve}", "loadBalancer.dsrDispatch")]
    [InlineData("bpf: {masquerade: true}", "bpf.masquerade")]
    [InlineData("bpf: {masquerade: true}\nenableIPv4Masquerade: true\negressMasqueradeInterfaces: eth0", "egressMasqueradeInterfaces")]
    [InlineData("bpf: {masquerade: true}\nenableIPv4Masquerade: true\nenableMasqueradeRouteSource: true", "enableMasqueradeRouteSource")]
    [InlineData("installNoConntrackIptablesRules: true\nenableIPv4Masquerade: true", "installNoConntrackIptablesRules")]
    [InlineData("bandwidthManager: {bbr: true}", "bandwidthManager.bbr")]
    [InlineData("loadBalancer: {acceleration: native}", "loadBalancer.acceleration")]
    [InlineData("nodePort: {range: '8000,9000'}", "nodePort.range")]
    [InlineData("nodePort: {range: 30000-32767}", "nodePort.range")]
    [InlineData("maglev: {tableSize: 1000}", "maglev.tableSize")]
    [InlineData("hubble: {eventBufferCapacity: '4096'}", "hubble.eventBufferCapacity")]
    [InlineData("hubble: {relay: {enabled: false}}", "hubble.ui.enabled")]
    [InlineData("operator: {replicas: 9}", "operator.replicas")]
    [InlineData("securityContext: {capabilities: {ciliumAgent: [SYS_MODULE]}}", "securityContext.capabilities.ciliumAgent")]
    [InlineData("extraConfig: {enable-xdp-prefilter: true}", "extraConfig.enable-xdp-prefilter")]
    [InlineData("extraConfig: {install-iptables-rules: 'false'}", "extraConfig.install-iptables-rules")]
    [InlineData("l7Proxy: false", "l7Proxy")]
    [InlineData("hostFirewall: {enabled: false}", "hostFirewall.enabled")]
    [InlineData("encryption: {enabled: true, type: ipsec}", "hostFirewall.enabled")]
    [InlineData("cluster: {name: a-name-that-is-much-too-long-for-cilium}", "cluster.name")]
    public void Values_on_which_Cilium_would_not_start_are_errors(string yaml, string path) =>
        Assert.Contains(Check(yaml), finding => finding.Severity == Severity.Error && finding.Path == $"cilium.values.{path}");

    [Fact]
    public void Our_own_XDP_program_and_Ciliums_are_not_had_together()
    {
        var spec = Clusters.Usual.With(cilium => cilium with { Acceleration = AccelerationProfile.BestEffort }) with { Xdp = new XdpSpec { Mode = XdpMode.Observe } };

        Assert.Contains(CiliumValues.Check(spec, "c"), finding => finding.Message.Contains("one XDP hook", StringComparison.Ordinal));
    }

    [Fact]
    public void Native_XDP_at_jumbo_MTU_passes_from_1_19_on()
    {
        var spec = Clusters.Usual.With(cilium => cilium with { Acceleration = AccelerationProfile.Native, Version = new ReleaseVersion(1, 19, 6) });

        Assert.DoesNotContain(CiliumValues.Check(spec, "c"), finding => finding.Severity == Severity.Error);
    }

    [Fact]
    public void Findings_point_at_the_line_in_cluster_yaml()
    {
        var finding = Assert.Single(CiliumValues.Check(Clusters.Usual.WithValues("# mine\nhubble:\n  relya: {}\n", line: 40), "cluster.yaml"));

        Assert.Equal(("cluster.yaml", 42, 3), (finding.File, finding.Line, finding.Column));
    }

    [Fact]
    public void A_word_that_only_YAML_1_1_takes_for_a_boolean_is_warned_of() =>
        Assert.Contains(Check("extraConfig: {a: yes}"), finding => finding.Severity == Severity.Warning && finding.Message.Contains("yes", StringComparison.Ordinal));

    private static IReadOnlyList<Diagnostic> Check(string yaml) => CiliumValues.Check(Clusters.Usual.WithValues(yaml), "cluster.yaml");
}
