using Slipway.Core.Versions;
using Slipway.Rehearsal.Configs;
using Slipway.Rehearsal.Hardware;

namespace Slipway.Tests.Rehearsal.Nodes;

/// <summary>enp1s0f0np0 has the cable.</summary>
public sealed class NetworkReachTests
{
    [Theory]
    [InlineData("", false, false)]
    [InlineData("LinkConfig, name: enp1s0f0np0, mtu: 9000", false, true)]
    [InlineData("LinkConfig, name: enp1s0f1np1, mtu: 9000", false, true)]
    [InlineData("LinkConfig, name: enp1s0f0np0, addresses: [{address: 10.0.0.1/24}]", false, false)]
    [InlineData("DHCPv4Config, name: enp1s0f0np0", false, false)]
    [InlineData("DHCPv4Config, name: enp1s0f1np1", false, true)]
    [InlineData("DHCPv4Config, name: eth9", false, true)]
    [InlineData("EthernetConfig, name: enp1s0f0np0, rings: {rx: 4096}", false, false)]
    [InlineData("VLANConfig, name: enp1s0f0np0.7, parent: enp1s0f0np0, vlanID: 7, addresses: [{address: 10.0.0.1/24}]", false, false)]
    public void From_1_12_on_one_document_about_a_link_ends_DHCP_on_all_of_them(string document, bool before, bool since)
    {
        var documents = document.Length > 0 ? $"---\n{{apiVersion: v1alpha1, kind: {document}}}\n" : "";

        Assert.Equal((before, since), (IsCutOff("v1.11.3", "", documents), IsCutOff("v1.12.6", "", documents)));
    }

    [Theory]
    [InlineData("{interface: enp1s0f0np0, mtu: 9000}", true)]
    [InlineData("{interface: enp1s0f1np1, mtu: 9000}", false)]
    [InlineData("{interface: enp1s0f0np0, mtu: 9000, dhcp: true}", false)]
    [InlineData("{interface: enp1s0f0np0, addresses: [10.0.0.1/24]}", false)]
    [InlineData("{interface: enp1s0f0np0, vlans: [{vlanId: 7, dhcp: true}]}", false)]
    [InlineData("{deviceSelector: {driver: mlx5_core}, dhcp: true}", false)]
    public void The_old_list_of_interfaces_ends_DHCP_on_the_one_that_it_names(string item, bool cutOff) =>
        Assert.Equal(cutOff, IsCutOff("v1.11.3", $"  network: {{interfaces: [{item}]}}", ""));

    private static bool IsCutOff(string talos, string machine, string documents)
    {
        var version = ReleaseVersion.Parse(talos);
        var text = $"version: v1alpha1\nmachine:\n  type: worker\n{machine}\n{documents}";
        var roots = Slipway.Core.Yaml.YamlText.Load("config", text, []);
        return NetworkReach.IsCutOff(NodeConfig.Of(text, roots), version, NodeHardware.Of(0));
    }
}
