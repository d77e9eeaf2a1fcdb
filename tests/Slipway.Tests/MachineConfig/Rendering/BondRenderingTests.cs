using Slipway.Core.Layouts;
using Slipway.Core.MachineConfig.Rendering;
using Slipway.Core.Spec;

namespace Slipway.Tests.MachineConfig.Rendering;

/// <summary>Several NICs as one link, as each Talos wants to be told; addresses and MTU stay.</summary>
public sealed class BondRenderingTests
{
    private static readonly BondSpec ByMark = new() { Members = [new(null, "52:54:00:00:00:01", null), new(null, null, "0000:81:00.1")], LacpRate = "fast", XmitHashPolicy = "layer3+4" };

    private static readonly BondSpec ByName = new() { Members = [new("enp1s0", null, null), new("enp2s0", null, null)], Mode = "active-backup", Miimon = 50 };

    [Theory]
    [InlineData("1.10.9")]
    [InlineData("1.11.6")]
    public void Before_1_12_members_are_found_by_selectors_and_the_VLAN_lies_on_the_bond(string talos)
    {
        var config = Render(talos, new InterfaceSpec { Name = "bond0", Bond = ByMark, Vlan = new VlanSpec(7, [], null) });

        Assert.Equal(
            "interface=bond0;mtu=9000;bond=mode=802.3ad;miimon=100;deviceSelectors=permanentAddr=52:54:00:00:00:01,busPath=0000:81:00.1;lacpRate=fast;xmitHashPolicy=layer3+4;vlans=vlanId=7;mtu=9000;dhcp=true",
            config["v1alpha1", "machine.network.interfaces"]);
    }

    [Theory]
    [InlineData("1.11.6")]
    public void Before_1_12_members_may_be_named_and_DHCP_is_the_bonds(string talos) => Assert.Equal(
        "interface=bond0;mtu=9000;bond=mode=active-backup;miimon=50;interfaces=enp1s0,enp2s0;dhcp=true",
        Render(talos, new InterfaceSpec { Name = "bond0", Bond = ByName })["v1alpha1", "machine.network.interfaces"]);

    [Theory]
    [InlineData("1.12.11")]
    [InlineData("1.13.9")]
    [InlineData("1.14.0-rc.1")]
    public void From_1_12_on_members_get_an_alias_and_every_hop_the_same_MTU(string talos)
    {
        var config = Render(talos, new InterfaceSpec { Name = "bond0", Bond = ByMark, Vlan = new VlanSpec(7, ["10.0.0.5/24"], "10.0.0.1") });

        Assert.Equal("mac(link.permanent_addr) == \"52:54:00:00:00:01\"", config["LinkAliasConfig/bond0-0", "selector.match"]);
        Assert.Equal("link.bus_path == \"0000:81:00.1\"", config["LinkAliasConfig/bond0-1", "selector.match"]);
        Assert.Equal("bond0-0,bond0-1", config["BondConfig/bond0", "links"]);
        Assert.Equal(("802.3ad", "fast", "layer3+4", "100"), (config["BondConfig/bond0", "bondMode"], config["BondConfig/bond0", "lacpRate"], config["BondConfig/bond0", "xmitHashPolicy"], config["BondConfig/bond0", "miimon"]));
        Assert.Equal("bond0", config["VLANConfig/bond0.7", "parent"]);
        Assert.All(["LinkConfig/bond0-0", "LinkConfig/bond0-1", "BondConfig/bond0", "VLANConfig/bond0.7"], label => Assert.Equal("9000", config[label, "mtu"]));
        // The bond itself has no address, and asks for none; a LinkConfig of its name would stand against the BondConfig.
        Assert.DoesNotContain("DHCPv4Config/bond0", config.Labels);
        Assert.DoesNotContain("LinkConfig/bond0", config.Labels);
    }

    [Theory]
    [InlineData("1.12.11")]
    [InlineData("1.14.0-rc.1")]
    public void Addresses_of_a_bond_are_the_BondConfigs_and_DHCP_has_a_document(string talos)
    {
        var fixedAddress = Render(talos, new InterfaceSpec { Name = "bond0", Bond = ByName, Addresses = ["10.0.0.5/24"], Gateway = "10.0.0.1" });
        Assert.Equal("address=10.0.0.5/24", fixedAddress["BondConfig/bond0", "addresses"]);
        Assert.Equal("enp1s0,enp2s0", fixedAddress["BondConfig/bond0", "links"]);
        Assert.DoesNotContain(fixedAddress.Labels, label => label.StartsWith("LinkAliasConfig", StringComparison.Ordinal));
        Assert.Contains("DHCPv4Config/bond0", Render(talos, new InterfaceSpec { Name = "bond0", Bond = ByName }).Labels);
    }

    [Fact]
    public void What_a_profile_says_of_the_NIC_holds_for_each_member_and_the_agent_filters_on_each()
    {
        var link = new InterfaceSpec { Name = "bond0", Bond = ByName };
        var request = Request("1.13.9", link);
        var config = new Rendered(NodeRenderer.Render(request));

        Assert.All(["EthernetConfig/enp1s0", "EthernetConfig/enp2s0"], label => Assert.Equal("2", config[label, "channels.combined"]));
        Assert.DoesNotContain("EthernetConfig/bond0", config.Labels);
        Assert.Contains("class.net.enp2s0.threaded", NodeLayout.Of(request.Node).Sysfs.Keys);
        Assert.Contains("\"name\": \"enp2s0\"", AgentConfigJson.Of(request.Spec, request.Node), StringComparison.Ordinal);
        Assert.DoesNotContain("bond0", AgentConfigJson.Of(request.Spec, request.Node), StringComparison.Ordinal);
    }

    private static Rendered Render(string talos, InterfaceSpec link) => new(NodeRenderer.Render(Rendered.Request(talos, NodeRole.Worker, node => node with { Interface = link })));

    private static RenderRequest Request(string talos, InterfaceSpec link) =>
        Rendered.Request(talos, NodeRole.Worker, node => node with { Interface = link, Profile = "epyc", Layout = FullProfile.Firedancer });
}
