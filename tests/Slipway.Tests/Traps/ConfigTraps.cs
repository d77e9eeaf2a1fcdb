using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Engine.Ports;
using Slipway.Talos.Cosi;
using Slipway.Tests.MachineConfig;
using Slipway.Tests.MachineConfig.Rendering;
using Slipway.Tests.Pki;
using Slipway.Tests.Talos.Server;

namespace Slipway.Tests.Traps;

/// <summary>Machine configs: patches, dialects, secrets.</summary>
public sealed class ConfigTraps
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory, Trap(11)]
    [MemberData(nameof(NodeRendererTests.EveryDialect), MemberType = typeof(NodeRendererTests))]
    public void Trap_11_rendering_onto_what_was_rendered_adds_nothing_and_a_JSON_patch_is_told_why_not(string talos, NodeRole role)
    {
        var request = Rendered.Request(talos, role) with { Patches = [new PatchSource("mine.yaml", "machine: {certSANs: [mine], kernel: {modules: [{name: m}]}}")] };
        var first = new Rendered(NodeRenderer.Render(request));
        var again = new Rendered(NodeRenderer.Render(request with { BaseConfig = new PatchSource("base.yaml", first.Text) }));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(first.Text, ConfigPatcher.ApplyOnce("c", first.Text, request.Patches).Config!.Reveal());

        if (ReleaseVersion.Parse(talos).IsAtLeast(1, 12))
        {
            var error = Patched.Error(first.Text, "[{op: add, path: /machine/certSANs/-, value: x}]");
            Assert.Contains("JSON patches are not supported for machine configs of several documents", error.Message, StringComparison.Ordinal);
            Assert.Equal("write the change as a strategic merge patch", error.Hint);
        }
    }

    [Theory, Trap(12)]
    [InlineData("1.13.9", NodeRole.Worker, "{apiVersion: v1alpha1, kind: KubeNodeConfig, labels: {a: b}}", "KubeNodeConfig needs Talos 1.14; this config is for 1.13")]
    [InlineData("1.11.6", NodeRole.Worker, "{apiVersion: v1alpha1, kind: LinkConfig, name: a, mtu: 9000}", "LinkConfig/a needs Talos 1.12; this config is for 1.11")]
    [InlineData("1.14.0", NodeRole.Worker, "machine: {kubelet: {extraArgs: {v: '4'}}}", "the same thing is configured here and in KubeletConfig")]
    [InlineData("1.14.0", NodeRole.Worker, "{apiVersion: v1alpha1, kind: KubeSchedulerConfig, image: a}", "KubeSchedulerConfig is for control planes only")]
    public void Trap_12_a_patch_in_another_versions_dialect_is_refused_before_the_node_does(string talos, NodeRole role, string patch, string message)
    {
        var result = NodeRenderer.Render(Rendered.Request(talos, role) with { Patches = [new PatchSource("mine.yaml", patch)] });

        Assert.Null(result.Config);
        Assert.Contains(result.Findings, finding => finding.Severity == Severity.Error && finding.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact, Trap(13)]
    public void Trap_13_kube_proxy_is_off_by_its_document_and_a_patch_that_deletes_the_document_is_warned_of()
    {
        var request = Rendered.Request("1.14.0", NodeRole.ControlPlane);
        Assert.Equal("false", new Rendered(NodeRenderer.Render(request))["KubeProxyConfig", "enabled"]);

        var deleted = NodeRenderer.Render(request with { Patches = [new PatchSource("mine.yaml", "{apiVersion: v1alpha1, kind: KubeProxyConfig, $patch: delete}")] });

        Assert.Contains(deleted.Findings, finding => finding.Severity == Severity.Warning && finding.Message.Contains("kube-proxy is on", StringComparison.Ordinal));
    }

    [Theory, Trap(28)]
    [MemberData(nameof(NodeRendererTests.EveryDialect), MemberType = typeof(NodeRendererTests))]
    public void Trap_28_a_link_that_gets_an_MTU_keeps_its_DHCP(string talos, NodeRole role)
    {
        var config = new Rendered(NodeRenderer.Render(Rendered.Request(talos, role, node => node with { Interface = new InterfaceSpec { Name = "eth7" } })));

        Assert.True(config.Labels.Contains("DHCPv4Config/eth7") || config["v1alpha1", "machine.network.interfaces"]!.Contains("interface=eth7;mtu=9000;dhcp=true", StringComparison.Ordinal));
    }

    [Theory, Trap(21)]
    [InlineData("|\n    machine:\n        type: worker\n    # mine\n")]
    [InlineData("\"machine:\\n    type: worker\\n# mine\\n\"")]
    public async Task Trap_21_a_config_is_taken_out_of_its_text_and_the_saved_one_is_compared(string inside)
    {
        var node = FakeNode.Configured()
            .With(CosiKinds.MachineConfig, "v1alpha1", "|\n    machine:\n        type: controlplane\n")
            .With(CosiKinds.MachineConfig, "persistent", inside);
        await using var server = await FakeTalosServer.StartAsync(node);
        await using var fleet = new FleetOf(server.Port);

        var seen = await fleet.Node.ObserveAsync(ObservationDepth.Full, Cancel);

        Assert.Equal("machine:\n    type: worker\n# mine\n", seen.Config!.Reveal());
    }

    [Fact, Trap(23)]
    public void Trap_23_configs_and_what_a_dry_run_says_of_them_cannot_be_printed_by_mistake()
    {
        var config = NodeRenderer.Render(Rendered.Request("1.13.9", NodeRole.ControlPlane)).Config!;
        var token = TestSecrets.Bundle.TrustdToken.Reveal();
        var other = config.Reveal().Replace(token, "abcdef.0123456789abcdef", StringComparison.Ordinal);
        Assert.Contains(token, config.Reveal(), StringComparison.Ordinal);

        Assert.DoesNotContain(token, new ApplyOutcome(false, [], config).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, Sample(config).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(token, ConfigRedactor.Redact(config.Reveal()), StringComparison.Ordinal);
        var change = Assert.Single(ConfigDiff.Between(config.Reveal(), other), change => change.Path == "machine.token");
        Assert.DoesNotContain(token, change.ToString(), StringComparison.Ordinal);

        static NodeObservation Sample(Sensitive config) => new() { Name = "cp1", Mode = NodeMode.Configured, Config = config };
    }
}
