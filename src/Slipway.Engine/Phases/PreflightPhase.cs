using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Doctor;
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
        Judge(run);
        RefuseUntried(run);
    }

    /// <summary>Known before the first change, so that no node is changed beside one that is refused.</summary>
    private void RefuseUntried(RunContext run)
    {
        if (!run.Options.MayLoseNodes && Planner.Untried(run.Desired, run.State.Snapshot()).FirstOrDefault() is { } action)
        {
            throw UntriedNetwork.Refuse(Id, action);
        }
    }

    /// <summary>The doctor's list, as far as it applies before a change. Facts are those of the run's own observation: no call is made for it.</summary>
    private void Judge(RunContext run)
    {
        var failed = new List<(NodeSpec Node, CheckLine Line)>();
        foreach (var node in run.Spec.Nodes)
        {
            if (run.State.Nodes.GetValueOrDefault(node.Name) is not { Mode: not NodeMode.Unreachable } seen)
            {
                continue;
            }

            var subject = NodeSubjects.Of(run.Desired, node, seen, doctor: false);
            foreach (var check in NodeChecks.At(subject.Moment))
            {
                foreach (var line in check.Look(subject).Where(line => line.Outcome is CheckOutcome.Warn or CheckOutcome.Fail))
                {
                    run.Notice($"{node.Name}: {line}", warning: true);
                    if (line.Outcome == CheckOutcome.Fail && check.EndsRun)
                    {
                        failed.Add((node, line));
                    }
                }
            }
        }

        if (failed.Count > 0)
        {
            var first = failed[0];
            throw new SlipwayException(FailureReason.Preflight,
                $"{failed.Count} preflight {(failed.Count == 1 ? "check" : "checks")} failed: {string.Join("; ", failed.Select(found => $"{found.Node.Name}: {found.Line}"))}")
            {
                Node = first.Node.Name,
                Phase = Id,
                Expected = first.Line.Expected,
                Found = first.Line.Got,
                Hint = first.Line.Fix,
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
