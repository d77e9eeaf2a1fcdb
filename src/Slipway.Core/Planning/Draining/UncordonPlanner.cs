using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning.Draining;

/// <summary>
/// Nodes that an earlier run cordoned and, cut off, did not give back. One that is still to go down is not among them: it is
/// uncordoned when it is back.
/// </summary>
public static class UncordonPlanner
{
    public static IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed)
    {
        var marked = (observed.Cluster.Nodes ?? []).Where(node => node.IsCordonedByUs).Select(node => node.Name).ToHashSet();
        return marked.Count == 0 ? [] : [.. desired.Spec.Nodes.Where(node => marked.Contains(node.Name)).Select(node => node.Name).Except(GoingDown(desired, observed)).Select(Uncordon)];
    }

    private static IEnumerable<string> GoingDown(DesiredState desired, ObservedState observed) =>
        UpgradePlanner.Plan(UpgradeMoment.BeforeConfig, desired, observed)
            .Concat(ConfigPlanner.Plan(NodeRole.ControlPlane, desired, observed))
            .Concat(ConfigPlanner.Plan(NodeRole.Worker, desired, observed))
            .Concat(UpgradePlanner.Plan(UpgradeMoment.AfterConfig, desired, observed))
            .Where(action => action.Cost is ActionCost.Upgrade or ActionCost.Reboot)
            .Select(action => action.Target);

    private static PlannedAction Uncordon(string node) => new()
    {
        Phase = PhaseIds.Uncordon,
        Target = node,
        Kind = ActionKind.Execute,
        Cost = ActionCost.Live,
        Summary = "uncordon: an earlier run cordoned it and was cut off",
    };
}
