using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig;
using Slipway.Core.Versions;

namespace Slipway.Tests.MachineConfig;

/// <summary>What a node of a version would refuse.</summary>
public sealed class ConfigValidatorTests
{
    [Theory]
    [InlineData("1.8")]
    [InlineData("1.9")]
    [InlineData("1.10")]
    [InlineData("1.11")]
    [InlineData("1.12")]
    [InlineData("1.13")]
    [InlineData("1.14")]
    public void What_Talos_generates_for_a_version_is_clean_for_it(string line)
    {
        foreach (var role in (string[])["controlplane", "worker"])
        {
            Assert.Empty(Validate(TalosVectors.Read("stability", "v" + line, $"base-{role}.yaml"), line));
        }
    }

    [Theory]
    [InlineData("controlplane")]
    [InlineData("worker")]
    public void What_Talos_generates_for_1_14_is_not_for_1_11(string role) =>
        Assert.Contains(Validate(TalosVectors.Read("stability", "v1.14", $"base-{role}.yaml"), "1.11"), finding => finding.Message.Contains("needs Talos 1.14", StringComparison.Ordinal));

    [Theory]
    [InlineData("{apiVersion: v1alpha1, kind: LinkConfg, name: a}", "1.14", "kind", "unknown kind LinkConfg; hint: did you mean LinkConfig?")]
    [InlineData("{apiVersion: v1alpha1, kind: LinkConfig, name: a}", "1.11", "kind", "LinkConfig/a needs Talos 1.12; this config is for 1.11")]
    [InlineData("{apiVersion: v1alpha1, kind: KubeletConfig}", "1.13", "kind", "hint: before, it is machine.kubelet of the v1alpha1 document")]
    [InlineData("{apiVersion: v1, kind: OOMConfig}", "1.14", "apiVersion", "unknown apiVersion v1 of OOMConfig; expected v1alpha1")]
    [InlineData("machine: {netwrk: {}}", "1.14", "machine.netwrk", "unknown field netwrk; hint: did you mean network?")]
    [InlineData("machine: {network: {interfaces: [{interface: a, dhpc: true}]}}", "1.10", "machine.network.interfaces[0].dhpc", "did you mean dhcp?")]
    [InlineData("machine: {registries: {mirrors: {docker.io: {endpoint: [a]}}}}", "1.10", "machine.registries.mirrors.docker.io.endpoint", "did you mean endpoints?")]
    [InlineData("{apiVersion: v1alpha1, kind: EthernetConfig, name: a, wakeOnLan: [magic]}", "1.11", "wakeOnLan", "wakeOnLan needs Talos 1.12")]
    [InlineData("machine: {network: {interfaces: {interface: a}}}", "1.14", "machine.network.interfaces", "a map cannot stand here; expected a list")]
    [InlineData("machine: {install: {wipe: maybe}}", "1.14", "machine.install.wipe", "expected true or false")]
    [InlineData("{apiVersion: v1alpha1, kind: LinkConfig, name: a, mtu: '9000'}", "1.14", "mtu", "text cannot stand here; expected a number, without quotes")]
    [InlineData("machine: {type: worker}\n---\n{apiVersion: v1alpha1, kind: KubeProxyConfig, enabled: false}", "1.14", "kind", "KubeProxyConfig is for control planes only; machine.type here is worker")]
    [InlineData("machine: {kubelet: {image: a}}\n---\n{apiVersion: v1alpha1, kind: KubeletConfig, image: b}", "1.14", "machine.kubelet", "the same thing is configured here and in KubeletConfig at line 3")]
    [InlineData("machine: {features: {stableHostname: true}}\n---\n{apiVersion: v1alpha1, kind: HostnameConfig, hostname: b}", "1.12", "machine.features.stableHostname", "and in HostnameConfig")]
    [InlineData("machine: {systemDiskEncryption: {state: {provider: luks2}}}\n---\n{apiVersion: v1alpha1, kind: VolumeConfig, name: STATE, encryption: {provider: luks2}}", "1.12", "machine.systemDiskEncryption.state", "and in VolumeConfig/STATE")]
    [InlineData("{apiVersion: v1alpha1, kind: LinkConfig, name: a}\n---\n{apiVersion: v1alpha1, kind: BondConfig, name: a}", "1.12", "name", "BondConfig/a and LinkConfig/a at line 1 both configure the link a")]
    [InlineData("{apiVersion: v1alpha1, kind: OOMConfig}\n---\n{apiVersion: v1alpha1, kind: OOMConfig}", "1.14", "", "OOMConfig is here twice; the first is at line 1")]
    [InlineData("machine: {install: {extraKernelArgs: [a], grubUseUKICmdline: true}}", "1.12", "machine.install.extraKernelArgs", "cannot be used together with grubUseUKICmdline")]
    public void What_is_wrong_is_found_with_its_path(string config, string line, string path, string message)
    {
        var finding = Assert.Single(Validate(config, line));
        Assert.Equal((Severity.Error, path), (finding.Severity, finding.Path));
        Assert.True(finding.Line > 0);
        Assert.Contains(message, finding.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    // Deprecated forms stay accepted although the schemas hide them.
    [InlineData("machine: {kubelet: {image: a}, network: {hostname: a}, sysctls: {a: '1'}}\ncluster: {proxy: {disabled: true}}", "1.14")]
    [InlineData("machine: {install: {wipe: yes, disk: /dev/sda}, files: [{path: /a, permissions: 0o600, content: a}], disks: [{device: a, partitions: [{size: 10GB}]}]}", "1.14")]
    [InlineData("machine: {network: {hostname: ''}}\n---\n{apiVersion: v1alpha1, kind: HostnameConfig, hostname: b}", "1.12")]
    [InlineData("machine: {systemDiskEncryption: {ephemeral: {provider: luks2}}}\n---\n{apiVersion: v1alpha1, kind: VolumeConfig, name: STATE, encryption: {provider: luks2}}", "1.12")]
    [InlineData("machine: {kubelet: {extraConfig: {what: {ever: [1]}}}}\ncluster: {apiServer: {extraArgs: {a: [b], c: d}}}", "1.13")]
    public void What_is_accepted_has_no_finding(string config, string line) => Assert.Empty(Validate(config, line));

    [Fact]
    public void Of_a_Talos_newer_than_the_tables_what_is_unknown_is_a_warning() =>
        Assert.Equal(Severity.Warning, Assert.Single(Validate("{apiVersion: v1alpha1, kind: TomorrowConfig}", "1.99")).Severity);

    [Fact]
    public void All_findings_come_at_once() =>
        Assert.Equal(3, Validate("machine: {a: 1, b: 2}\n---\n{apiVersion: v1alpha1, kind: LinkConfig, name: a}", "1.10").Count);

    private static IReadOnlyList<Diagnostic> Validate(string config, string line) =>
        ConfigValidator.Validate("config.yaml", config, ReleaseVersion.Parse($"v{line}.0"));
}
