using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
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
                    SecretFiles.Replace(run.Folder.Kubeconfig, await FetchAsync(run, cancellationToken));
                }
            });
        }

        new Observer(run).ObserveLocal();
    }

    /// <summary>From whichever control plane hands one out first; they differ in nothing that matters.</summary>
    private async Task<Sensitive> FetchAsync(RunContext run, CancellationToken cancellationToken)
    {
        var (started, pace) = (run.Time.GetTimestamp(), new Pace(run.Time, run.Options));
        while (true)
        {
            SlipwayException? last = null;
            foreach (var node in run.Spec.ControlPlanes)
            {
                try
                {
                    return await run.Node(node).KubeconfigAsync(cancellationToken);
                }
                catch (SlipwayException error) when (Transient.Is(error.Reason))
                {
                    last = error;
                }
            }

            if (run.Time.GetElapsedTime(started) >= run.Options.ControlPlaneTimeout)
            {
                throw new SlipwayException(Transient.OutOfTime(last?.Reason), "no control plane handed out a kubeconfig", last)
                {
                    Node = last?.Node,
                    Phase = Id,
                    Expected = "a kubeconfig from a control plane",
                    Found = last?.Message,
                    Hint = "'slipway status' shows what the control planes are doing",
                };
            }

            await pace.WaitAsync(cancellationToken);
        }
    }
}
