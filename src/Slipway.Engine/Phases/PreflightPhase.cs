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
        var helm = await run.Ports.Helm.VersionAsync(cancellationToken);
        run.Journal.Note("helm", helm);
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
}
