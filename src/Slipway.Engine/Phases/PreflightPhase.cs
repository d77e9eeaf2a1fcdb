using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
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
        CheckArchives(run);
        await CheckHelmAsync(run, cancellationToken);
        await JudgeAsync(run, cancellationToken);
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

    /// <summary>
    /// The doctor's list, as far as it applies before a change. Most of it judges what the run has seen already; nodes whose profile
    /// divides CPUs are asked for those, as far as their mode and version tell.
    /// </summary>
    private async Task JudgeAsync(RunContext run, CancellationToken cancellationToken)
    {
        var nodes = run.Spec.Nodes.Select(node => (Node: node, Seen: run.State.Nodes.GetValueOrDefault(node.Name)))
            .Where(pair => pair.Seen is { Mode: not NodeMode.Unreachable }).Select(pair => (pair.Node, pair.Seen!)).ToList();
        run.State.Blank.UnionWith(nodes.Where(pair => pair.Item2.Mode == NodeMode.Maintenance).Select(pair => pair.Node.Name));
        var endsRun = NodeChecks.All.ToDictionary(check => check.Id, check => check.EndsRun);
        var failed = new List<(string Node, CheckLine Line)>();
        foreach (var checkup in await Checkup.RunAsync(run.Ports.Fleet, run.Desired, nodes, CheckMoments.BeforeChange, cancellationToken))
        {
            foreach (var line in checkup.Checks.Where(line => line.Outcome is CheckOutcome.Warn or CheckOutcome.Fail))
            {
                run.Notice($"{checkup.Node}: {line}", warning: true);
                // A node that went away meanwhile is the affair of the phase that needs it.
                if (line.Outcome == CheckOutcome.Fail && endsRun.GetValueOrDefault(line.Check))
                {
                    failed.Add((checkup.Node, line));
                }
            }
        }

        if (failed.Count > 0)
        {
            var first = failed[0];
            throw new SlipwayException(FailureReason.Preflight,
                $"{failed.Count} preflight {(failed.Count == 1 ? "check" : "checks")} failed: {string.Join("; ", failed.Select(found => $"{found.Node}: {found.Line}"))}")
            {
                Node = first.Node,
                Phase = Id,
                Expected = first.Line.Expected,
                Found = first.Line.Got,
                Hint = first.Line.Fix,
            };
        }
    }

    /// <summary>Sent to nodes half-way through the run.</summary>
    private void CheckArchives(RunContext run)
    {
        if (run.State.Local.Archives.FirstOrDefault(archive => archive.Value.Problem is not null) is { Key: { } path } archive)
        {
            throw new SlipwayException(FailureReason.Preflight, $"the installer archive {path}: {archive.Value.Problem}")
            {
                Phase = Id,
                Expected = "an installer image in one tar",
                Found = archive.Value.Problem,
                Hint = "'slipway extension installer' makes it; paths of 'installerArchive' are relative to the cluster's file",
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
