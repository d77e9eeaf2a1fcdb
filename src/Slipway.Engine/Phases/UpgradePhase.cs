using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;
using Slipway.Engine.Draining;
using Slipway.Engine.Running;
using Slipway.Engine.Upgrading;

namespace Slipway.Engine.Phases;

/// <summary>
/// Brings installed nodes to the image that the spec wants: control planes one at a time and only while every other one is
/// up, then a few workers at a time; all together where no cluster stands yet. From Talos 1.13 on each is drained before it reboots;
/// before, Talos does that. Nothing is begun when one of the upgrades would do harm.
/// </summary>
internal sealed class UpgradePhase(UpgradeMoment moment) : Phase
{
    public override string Id => moment == UpgradeMoment.BeforeConfig ? PhaseIds.Upgrade : PhaseIds.UpgradeInstalled;

    public override string Title => moment == UpgradeMoment.BeforeConfig ? "Upgrade installed nodes" : "Upgrade nodes that needed their config first";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        observer.ObserveLocal();
        var waiter = new NodeWaiter(run);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken };
        // An upgrade that an earlier run began goes on by itself.
        await Parallel.ForEachAsync(run.Spec.Nodes, parallel, async (node, token) =>
        {
            if (run.State.Nodes.GetValueOrDefault(node.Name) is { Stage: NodeStage.Upgrading or NodeStage.Rebooting or NodeStage.ShuttingDown })
            {
                await waiter.WaitAsync(Id, node, "back from what it is doing", run.Options.UpgradeTimeout, IsSettled, token);
            }
        });
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => UpgradePlanner.Plan(moment, desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        var nodes = run.Spec.Nodes.ToDictionary(node => node.Name);
        foreach (var action in actions)
        {
            Refuse(run, nodes[action.Target]);
        }

        if (HasNoCluster(run))
        {
            await Parallel.ForEachAsync(
                actions, new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken },
                async (action, token) => await UpgradeAsync(run, nodes[action.Target], action, token));
            return;
        }

        await new NodeDrain(run, Id).CheckAsync([.. actions.Select(action => nodes[action.Target]).Where(node => !DrainsByItself(run, node))], cancellationToken);
        foreach (var action in actions.Where(action => nodes[action.Target].Role == NodeRole.ControlPlane))
        {
            await new QuorumGuard(run, Id).AwaitAsync(nodes[action.Target], cancellationToken);
            await UpgradeAsync(run, nodes[action.Target], action, cancellationToken);
        }

        await Parallel.ForEachAsync(
            actions.Where(action => nodes[action.Target].Role == NodeRole.Worker), Downtime.OfWorkers(run, cancellationToken),
            async (action, token) => await UpgradeAsync(run, nodes[action.Target], action, token));
    }

    private async Task UpgradeAsync(RunContext run, NodeSpec node, PlannedAction action, CancellationToken cancellationToken)
    {
        // Asked again right before the effect: a machine may have been swapped or upgraded by someone since the plan.
        await ConnectPhase.ReachAsync(run, Id, [node], cancellationToken);
        var before = run.State.Nodes[node.Name];
        await run.EffectAsync(action, async () => await new NodeUpgrader(run, Id, moment).UpgradeAsync(node, before, cancellationToken));
    }

    /// <summary>Where this run found every control plane blank there is no quorum to lose and no pod to move.</summary>
    private static bool HasNoCluster(RunContext run) => run.State.Local.Bootstrap is null && run.Spec.ControlPlanes.All(node => run.State.Blank.Contains(node.Name));

    private static bool DrainsByItself(RunContext run, NodeSpec node) => run.State.Nodes[node.Name].Talos is { } talos && !talos.IsAtLeast(1, 13);

    private void Refuse(RunContext run, NodeSpec node)
    {
        if (UpgradeRefusals.Of(run.Spec, node, run.State.Nodes[node.Name]) is { } refusal)
        {
            throw new SlipwayException(FailureReason.Unsafe, $"{node.Name} ({node.Address}): {refusal.Message}")
            {
                Node = node.Name,
                Phase = Id,
                Expected = refusal.Expected,
                Hint = $"{refusal.Hint}; no node was upgraded",
            };
        }
    }

    private static bool IsSettled(NodeObservation seen) => seen.Mode == NodeMode.Maintenance
        || seen is { Mode: NodeMode.Configured, Stage: NodeStage.Booting or NodeStage.Running };
}
