using Slipway.Core.Planning;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>The Kubernetes API answers at the cluster's endpoint.</summary>
internal sealed class ControlPlanePhase : Phase
{
    public override string Id => PhaseIds.ControlPlane;

    public override string Title => "Kubernetes control plane";

    public override Verification Verify(RunContext run) => new(
        [new Condition($"the Kubernetes API is ready at {run.Spec.Endpoint.Authority}", null, token => LookAsync(run, token))],
        run.Options.ControlPlaneTimeout);

    private static async Task<Verdict> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        var kubernetes = new Observer(run).Connect();
        if (kubernetes is null)
        {
            return Verdict.Failed($"{run.Folder.Kubeconfig} is not of this cluster");
        }

        var reason = await kubernetes.NotReadyReasonAsync(cancellationToken);
        run.State.Cluster = run.State.Cluster with { ApiReady = reason is null };
        return Verdict.From(reason is null, reason ?? "");
    }
}
