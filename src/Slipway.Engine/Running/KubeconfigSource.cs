using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Engine.Running;

/// <summary>A kubeconfig from whichever control plane hands one out first; they differ in nothing that matters.</summary>
internal sealed class KubeconfigSource(RunContext run, string phase)
{
    public async Task<Sensitive> FetchAsync(CancellationToken cancellationToken)
    {
        Sensitive? fetched = null;
        SlipwayException? last = null;
        await Attempts.UntilDoneAsync(run, run.Options.ControlPlaneTimeout, async token =>
        {
            foreach (var node in run.Spec.ControlPlanes)
            {
                try
                {
                    fetched = await run.Node(node).KubeconfigAsync(token);
                    return null;
                }
                catch (SlipwayException error) when (Transient.Is(error.Reason))
                {
                    last = error;
                }
            }

            return last?.Message ?? "no control plane";
        }, reason => OutOfTime(reason, last), cancellationToken);
        return fetched!;
    }

    private SlipwayException OutOfTime(string reason, SlipwayException? last) => new(Transient.OutOfTime(last?.Reason), "no control plane handed out a kubeconfig", last)
    {
        Node = last?.Node,
        Phase = phase,
        Expected = "a kubeconfig from a control plane",
        Found = reason,
        Hint = "'slipway status' shows what the control planes are doing",
    };
}
