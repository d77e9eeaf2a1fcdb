using Slipway.Core.Planning;
using Slipway.Engine.Files;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Puts a talosconfig and a kubeconfig into the state folder.</summary>
internal sealed class AccessPhase : Phase
{
    public override string Id => PhaseIds.Access;

    public override string Title => "talosconfig and kubeconfig";

    public override Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        observer.ObserveLocal();
        return Task.CompletedTask;
    }

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ClusterPlanner.Access(observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        foreach (var action in actions)
        {
            await run.EffectAsync(action, async () =>
            {
                if (action.Target == "talosconfig")
                {
                    SecretFiles.Replace(run.Folder.Talosconfig, run.Desired.Talosconfig);
                }
                else
                {
                    SecretFiles.Replace(run.Folder.Kubeconfig, await new KubeconfigSource(run, Id).FetchAsync(cancellationToken));
                }
            });
        }

        new Observer(run).ObserveLocal();
    }
}
