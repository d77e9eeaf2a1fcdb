using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning.Draining;

public sealed class UncordonPlannerTests
{
    private readonly DesiredState _desired = Sample.Desired(1, 2);

    [Fact]
    public void A_node_with_our_mark_that_needs_nothing_is_given_back()
    {
        var action = Assert.Single(UncordonPlanner.Plan(_desired, Observed(_desired, "w1")));

        Assert.Equal(("uncordon", "w1", ActionCost.Live), (action.Phase, action.Target, action.Cost));
    }

    [Fact]
    public void A_node_that_somebody_else_cordoned_is_not()
    {
        var observed = Observed(_desired, "w1");
        observed = observed with { Cluster = observed.Cluster with { Nodes = [.. observed.Cluster.Nodes!.Select(node => node with { IsCordoned = true, IsCordonedByUs = false })] } };

        Assert.Empty(UncordonPlanner.Plan(_desired, observed));
    }

    [Fact]
    public void A_node_that_is_still_to_go_down_is_not_given_back_before()
    {
        var desired = _desired with { Spec = _desired.Spec with { Talos = new ReleaseVersion(1, 14, 0) } };

        Assert.Empty(UncordonPlanner.Plan(desired, Observed(_desired, "w1")));
    }

    private static ObservedState Observed(DesiredState desired, string cordoned)
    {
        var converged = Sample.Converged(desired);
        return converged with
        {
            Nodes = converged.Nodes.ToDictionary(pair => pair.Key, pair => pair.Value with { Boot = new BootObservation { Uki = true } }),
            Cluster = converged.Cluster with
            {
                ApiReady = true,
                Nodes = [.. desired.Spec.Nodes.Select(node => new KubernetesNode(node.Name, true, null, "v1.34.1", []) { IsCordoned = node.Name == cordoned, IsCordonedByUs = node.Name == cordoned })],
            },
        };
    }
}
