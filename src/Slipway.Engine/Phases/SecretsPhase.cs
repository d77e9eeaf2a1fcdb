using Slipway.Core.Planning;
using Slipway.Engine.Files;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Makes the cluster's secrets durable before anything is built on them.</summary>
internal sealed class SecretsPhase : Phase
{
    public override string Id => PhaseIds.Secrets;

    public override string Title => "Secrets";

    public override Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        observer.ObserveLocal();
        return Task.CompletedTask;
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ClusterPlanner.Secrets(desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
        {
            await run.EffectAsync(action, () =>
            {
                SecretFiles.Create(run.Desired.SecretsPath, run.Desired.SecretsYaml);
                return Task.CompletedTask;
            });
        }
    }
}
