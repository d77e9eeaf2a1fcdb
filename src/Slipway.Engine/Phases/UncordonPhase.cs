using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Gives back nodes that an earlier run cordoned for a reboot and, cut off, left so. Before Cilium, which needs room for its pods.</summary>
internal sealed class UncordonPhase : Phase
{
    public override string Id => PhaseIds.Uncordon;

    public override string Title => "Nodes left cordoned by an earlier run";

    public override Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken) =>
        observer.AwaitKubernetesAsync(Id, _ => Task.CompletedTask, cancellationToken);

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => UncordonPlanner.Plan(desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
        {
            await run.EffectAsync(action, () => new Observer(run).AwaitKubernetesAsync(
                Id, token => run.State.Kubernetes!.UncordonAsync(action.Target, token), cancellationToken));
        }
    }
}
