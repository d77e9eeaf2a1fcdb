using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Engine.Running;

/// <summary>A kubeconfig from whichever control plane hands one out first; they differ in nothing that matters.</summary>
internal sealed class KubeconfigSource(RunContext run, string phase)
{
    public async Task<Sensitive> FetchAsync(CancellationToken cancellationToken)
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
                    Phase = phase,
                    Expected = "a kubeconfig from a control plane",
                    Found = last?.Message,
                    Hint = "'slipway status' shows what the control planes are doing",
                };
            }

            await pace.WaitAsync(cancellationToken);
        }
    }
}
