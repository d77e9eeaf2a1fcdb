using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning;

public sealed class NetworkTrialTests
{
    [Theory]
    [InlineData("v1alpha1", "machine.network.interfaces[eth0].mtu", true)]
    [InlineData("v1alpha1", "machine.network", true)]
    [InlineData("v1alpha1", "machine.network.nameservers", true)]
    [InlineData("v1alpha1", "machine.network.hostname", false)]
    [InlineData("v1alpha1", "machine.network.extraHostEntries[1.2.3.4].aliases", false)]
    [InlineData("v1alpha1", "machine.networks", false)]
    [InlineData("v1alpha1", "cluster.network.podSubnets", false)]
    [InlineData("LinkConfig/eth0", "mtu", true)]
    [InlineData("DHCPv4Config/eth0", "", true)]
    [InlineData("BondConfig/bond0", "links[1]", true)]
    [InlineData("NetworkDefaultActionConfig", "ingress", true)]
    [InlineData("EthernetConfig/eth0", "rings.rx", true)]
    [InlineData("HostnameConfig", "hostname", false)]
    [InlineData("SysctlConfig", "params.a", false)]
    public void What_could_cut_a_node_off_is_a_change_of_its_network(string document, string path, bool touches) =>
        Assert.Equal(touches, NetworkChanges.Touches(new ConfigChange { Kind = ChangeKind.Changed, Document = document, Path = path }));

    [Fact]
    public void A_plan_says_beside_each_network_change_that_it_is_tried_first()
    {
        var action = Change("sysctls: {a: b}", "---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: 9000\n");

        Assert.Equal((null, TimeSpan.FromMinutes(1)), (action.Trial!.Refusal, action.Trial.Length));
        Assert.Equal("tried for 1m first", Assert.Single(action.Changes, change => change.Document == "LinkConfig/eth0").Note);
        Assert.Null(Assert.Single(action.Changes, change => change.Document == "v1alpha1").Note);
    }

    [Fact]
    public void Where_something_else_needs_a_reboot_the_network_is_tried_and_kept_by_itself_first()
    {
        var action = Change("env: {A: b}", "---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: 9000\n");

        Assert.Equal((null, true, ActionCost.Reboot), (action.Trial!.Refusal, action.Trial.AheadOfReboot, action.Cost));
        Assert.Equal("tried for 1m first", Assert.Single(action.Changes, change => change.Document == "LinkConfig/eth0").Note);
    }

    [Fact]
    public void A_network_that_cannot_go_first_cannot_be_tried_and_the_plan_says_what_is_in_the_way()
    {
        var action = Change("env: {A: b}", Unfit);

        Assert.Contains("machine.env", action.Trial!.Refusal, StringComparison.Ordinal);
        Assert.Equal("cannot be tried first", Assert.Single(action.Changes, change => change.Document == "ResolverConfig").Note);
    }

    [Fact]
    public void Talos_1_14_needs_no_reboot_so_everything_can_be_tried() =>
        Assert.Null(Change("env: {A: b}", "---\napiVersion: v1alpha1\nkind: LinkConfig\nname: eth0\nmtu: 9000\n", "1.14.0").Trial!.Refusal);

    [Fact]
    public void Where_no_network_changes_nothing_is_tried() => Assert.Null(Change("sysctls: {a: b}", "").Trial);

    [Fact]
    public void A_plan_warns_of_what_will_be_refused()
    {
        var (desired, observed) = Worlds("env: {A: b}", Unfit, "1.13.9");

        Assert.Contains(Planner.Plan(desired, observed).Warnings, warning => warning.StartsWith("w1: ", StringComparison.Ordinal) && warning.Contains("--yes-i-may-lose-it", StringComparison.Ordinal));
    }

    /// <summary>A field that Talos 1.13 does not know: with it no config for such a node can be made up.</summary>
    private const string Unfit = "---\napiVersion: v1alpha1\nkind: ResolverConfig\nhostDNS: {enabled: true}\n";

    private static PlannedAction Change(string machine, string documents, string talos = "1.13.9")
    {
        var (desired, observed) = Worlds(machine, documents, talos);
        return Assert.Single(ConfigPlanner.Plan(NodeRole.Worker, desired, observed));
    }

    /// <summary>A worker that lacks what its desired config has.</summary>
    private static (DesiredState, ObservedState) Worlds(string machine, string documents, string talos)
    {
        var desired = Sample.Desired(1, 1, talos);
        var observed = Sample.Converged(desired);
        observed = observed with { Nodes = new Dictionary<string, NodeObservation>(observed.Nodes) { ["w1"] = observed.Nodes["w1"] with { Talos = ReleaseVersion.Parse(talos) } } };
        var config = Sample.Config(desired.Spec.Nodes[1]).Replace("token: secret", $"token: secret\n    {machine}", StringComparison.Ordinal) + documents;
        return (desired with { Configs = new Dictionary<string, Sensitive>(desired.Configs) { ["w1"] = new(config) } }, observed);
    }
}
