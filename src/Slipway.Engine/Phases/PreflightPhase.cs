using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Preflight;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Finds what would go wrong later, before the first change.</summary>
internal sealed class PreflightPhase : Phase
{
    public override string Id => PhaseIds.Preflight;

    public override string Title => "Preflight";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        observer.ObserveLocal();
        await CheckHelmAsync(run, cancellationToken);
        var findings = PreflightChecks.Run(run.Desired, run.State.Snapshot());
        foreach (var finding in findings)
        {
            run.Notice(finding.ToString(), warning: true);
        }

        var errors = findings.Where(finding => finding.Severity == Severity.Error).ToList();
        if (errors.Count > 0)
        {
            var first = errors[0];
            throw new SlipwayException(FailureReason.Preflight,
                $"{errors.Count} preflight {(errors.Count == 1 ? "check" : "checks")} failed: {string.Join("; ", errors.Select(error => error.ToString()))}")
            {
                Node = first.Node,
                Phase = Id,
                Expected = first.Expected,
                Found = first.Found,
                Hint = first.Hint,
            };
        }
    }

    /// <summary>helm and its chart are needed half-way through the run, with Talos' clock running; that they are missing must be known before.</summary>
    private async Task CheckHelmAsync(RunContext run, CancellationToken cancellationToken)
    {
        try
        {
            run.Journal.Note("helm", await run.Ports.Helm.VersionAsync(cancellationToken));
            // Once the cluster has a kubeconfig the release is there, or a former run found the chart: no network is needed to look again.
            if (!run.State.Local.HasKubeconfig)
            {
                await run.Ports.Helm.CheckChartAsync(run.Spec.Cilium.Chart, run.Spec.Cilium.Version.ToString()[1..], cancellationToken);
            }
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.Helm or FailureReason.TimedOut)
        {
            throw new SlipwayException(FailureReason.Preflight, error.Message, error)
            {
                Phase = Id,
                Expected = error.Expected,
                Found = error.Found,
                Hint = error.Hint,
            };
        }
    }
}
