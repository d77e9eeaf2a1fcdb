namespace Slipway.Tests.MachineConfig;

/// <summary><c>$patch: delete</c> on keys, documents and list elements.</summary>
public sealed class PatchDeleteTests
{
    private const string Delete = "{$patch: delete}";

    [Theory]
    [InlineData("machine: {network: {hostname: a, nameservers: [x]}}", "machine: {network: {hostname: " + Delete + "}}", "machine: {network: {nameservers: [x]}}")]
    [InlineData("machine: {sysctls: {a: '1', b: '2'}}", "machine: {sysctls: {a: " + Delete + "}}", "machine: {sysctls: {b: '2'}}")]
    [InlineData("cluster: {proxy: {extraArgs: {a: x}}}", "cluster: {proxy: {extraArgs: {a: " + Delete + ", b: y}}}", "cluster: {proxy: {extraArgs: {b: y}}}")]
    [InlineData("machine: {kubelet: {extraConfig: {a: {b: 1, c: 2}}}}", "machine: {kubelet: {extraConfig: {a: {b: " + Delete + "}}}}", "machine: {kubelet: {extraConfig: {a: {c: 2}}}}")]
    [InlineData(
        "machine: {network: {interfaces: [{interface: eth0, mtu: 1}, {interface: eth1}]}}",
        "machine: {network: {interfaces: [{interface: eth0, $patch: delete}, {interface: eth0, mtu: 2}]}}",
        "machine: {network: {interfaces: [{interface: eth1}, {interface: eth0, mtu: 2}]}}")]
    // Deleted first, then merged: this is how a list is replaced.
    [InlineData("machine: {certSANs: [a]}", "machine: {certSANs: " + Delete + "}\n---\nmachine: {certSANs: [b]}", "machine: {certSANs: [b]}")]
    // A field that the struct has may be deleted although it is not set.
    [InlineData("machine: {network: {nameservers: [x]}}", "machine: {network: {hostname: " + Delete + "}}", "machine: {network: {nameservers: [x]}}")]
    // So may one of a struct that is no pointer.
    [InlineData("cluster: {discovery: {enabled: true}}", "cluster: {discovery: {registries: {service: {endpoint: " + Delete + "}}}}", "cluster: {discovery: {enabled: true}}")]
    [InlineData("machine: {type: worker}", "{apiVersion: v1alpha1, kind: KubeProxyConfig, $patch: delete}", "machine: {type: worker}")]
    [InlineData("machine: {odd: {a: 1, b: 2}}", "machine: {odd: {a: " + Delete + "}}", "machine: {odd: {b: 2}}")]
    public void What_is_deleted_is_gone(string config, string patch, string expected) =>
        Assert.Equal(Decoded.Config(expected), Decoded.Config(Patched.Apply(config, patch)));

    [Fact]
    public void What_a_delete_empties_is_not_left_behind() => Assert.Equal(
        "machine:\n    type: worker\n    network: {}\n",
        Patched.Apply(
            "machine:\n  type: worker\n  nodeLabels: {a: b}\n  network:\n    interfaces: [{interface: eth0}]\n",
            "machine: {nodeLabels: {a: " + Delete + "}, network: {interfaces: [{interface: eth0, $patch: delete}]}}"));

    [Fact]
    public void A_whole_document_is_deleted_by_kind_and_name()
    {
        const string config = "{apiVersion: v1alpha1, kind: LinkConfig, name: a}\n---\n{apiVersion: v1alpha1, kind: LinkConfig, name: b}";
        var patched = Patched.Apply(config, "{apiVersion: v1alpha1, kind: LinkConfig, name: a, $patch: delete}");
        Assert.Equal(Decoded.Config("{apiVersion: v1alpha1, kind: LinkConfig, name: b}"), Decoded.Config(patched));
    }

    [Theory]
    [InlineData("machine: {}", "machine: {network: {hostname: " + Delete + "}}", "machine.network.hostname", "lookup failed: there is no machine.network")]
    [InlineData("machine: {sysctls: {a: '1'}}", "machine: {sysctls: {b: " + Delete + "}}", "machine.sysctls.b", "lookup failed: there is no machine.sysctls.b")]
    [InlineData("machine: {type: worker}", "machine: {typo: " + Delete + "}", "machine.typo", "lookup failed: typo is no field")]
    [InlineData("machine: {network: {interfaces: [{interface: a}]}}", "machine: {network: {interfaces: [{interface: b, $patch: delete}]}}", "machine.network.interfaces[0]", "lookup failed: no element of machine.network.interfaces has interface: b")]
    // Talos compares as text, and a number has none.
    [InlineData("machine: {network: {interfaces: [{vlans: [{vlanId: 5}]}]}}", "machine: {network: {interfaces: [{vlans: [{vlanId: 5, $patch: delete}]}]}}", "machine.network.interfaces[0].vlans[0]", "a list takes only elements")]
    [InlineData("machine: {network: {interfaces: [{interface: a, mtu: 1}]}}", "machine: {network: {interfaces: [{interface: a, mtu: " + Delete + "}]}}", "machine.network.interfaces[0].mtu", "inside a list element")]
    [InlineData("machine: {network: {interfaces: [{interface: a}]}}", "machine: {network: {interfaces: [" + Delete + "]}}", "machine.network.interfaces[0]", "not told")]
    [InlineData("machine: {}", "version: v1alpha1\n$patch: delete", "", "cannot be deleted")]
    public void What_cannot_be_deleted_is_an_error(string config, string patch, string path, string message)
    {
        var error = Patched.Error(config, patch);
        Assert.Equal(path, error.Path);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
