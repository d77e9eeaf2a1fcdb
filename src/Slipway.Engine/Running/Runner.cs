using System.Text.Json;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Engine.Journaling;
using Slipway.Engine.Phases;
using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <summary>
/// Carries a day-0 run through its phases: look, plan, act, verify. What is to be done follows from what is desired and
/// what is seen, so the same call continues a run that was cut off, and does nothing on a cluster that is as wanted.
/// </summary>
public sealed class Runner(RunContext run)
{
    private readonly List<PhaseReport> _phases = [];
    private readonly List<PlannedAction> _done = [];

    /// <summary>The ids of a run's phases, in order.</summary>
    public static IReadOnlyList<string> PhaseIds { get; } = [.. DayZero.Phases.Select(phase => phase.Id)];

    /// <exception cref="SlipwayException">The run ended before its end; the journal says where, and another run goes on.</exception>
    public async Task<RunReport> RunAsync(CancellationToken cancellationToken)
    {
        var (started, clock) = (run.Time.GetUtcNow(), run.Time.GetTimestamp());
        run.Reporter.Report(new RunStarted(run.Spec.Name, run.Spec.Nodes.Count, run.Journal.Folder) { Time = started });
        try
        {
            for (var i = 0; i < DayZero.Phases.Count; i++)
            {
                await PhaseAsync(DayZero.Phases[i], i + 1, cancellationToken);
            }
        }
        catch (Exception error)
        {
            var ended = Explain(error, cancellationToken);
            run.Reporter.Report(new RunFinished(false, _done.Count, run.Time.GetElapsedTime(clock), ended.Message) { Time = run.Time.GetUtcNow() });
            if (ReferenceEquals(ended, error))
            {
                throw;
            }

            throw ended;
        }

        var report = Report(started, run.Time.GetElapsedTime(clock));
        run.Journal.Keep("report.json", JsonSerializer.Serialize(report, FileJournal.Json));
        run.Reporter.Report(new RunFinished(true, _done.Count, report.Elapsed) { Time = run.Time.GetUtcNow() });
        return report;
    }

    private async Task PhaseAsync(IPhase phase, int number, CancellationToken cancellationToken)
    {
        var started = run.Time.GetTimestamp();
        run.Reporter.Report(new PhaseStarted(phase.Id, phase.Title, number, DayZero.Phases.Count) { Time = run.Time.GetUtcNow() });
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            await phase.ObserveAsync(run, new Observer(run), cancellationToken);
            var actions = phase.Plan(run.Desired, run.State.Snapshot());
            await phase.ApplyAsync(run, actions, cancellationToken);
            _done.AddRange(actions);
            var poller = new ConditionPoller(run.Reporter, run.Time, run.Options);
            for (var verification = phase.Verify(run); verification is not null; verification = verification.Then)
            {
                await poller.WaitAsync(phase.Id, verification.Conditions, verification.Timeout, cancellationToken);
            }

            Finish(phase, actions.Count > 0 ? PhaseOutcome.Changed : PhaseOutcome.Unchanged, actions.Count, started, null);
        }
        catch (Exception error)
        {
            Finish(phase, PhaseOutcome.Failed, 0, started, error is OperationCanceledException ? "interrupted" : error.Message);
            throw InPhase(error, phase.Id);
        }
    }

    private void Finish(IPhase phase, PhaseOutcome outcome, int effects, long started, string? message)
    {
        var elapsed = run.Time.GetElapsedTime(started);
        _phases.Add(new PhaseReport(phase.Id, phase.Title, outcome, effects, elapsed));
        run.Reporter.Report(new PhaseFinished(phase.Id, outcome, elapsed, message) { Time = run.Time.GetUtcNow() });
    }

    private Exception Explain(Exception error, CancellationToken cancellationToken) =>
        cancellationToken.IsCancellationRequested && error is OperationCanceledException
            ? new SlipwayException(FailureReason.Interrupted, $"stopped after {_done.Count} {(_done.Count == 1 ? "effect" : "effects")}; nothing is lost", error)
            {
                Phase = _phases.LastOrDefault()?.Phase,
                Hint = "run the same command again to go on from here",
            }
            : error;

    /// <summary>The same failure with the phase named, where whoever threw it did not know.</summary>
    private static Exception InPhase(Exception error, string phase) =>
        error is SlipwayException { Phase: null } failure
            ? new SlipwayException(failure.Reason, failure.Message, failure)
            {
                Node = failure.Node,
                Phase = phase,
                Expected = failure.Expected,
                Found = failure.Found,
                Hint = failure.Hint,
            }
            : error;

    private RunReport Report(DateTimeOffset started, TimeSpan elapsed) => new()
    {
        Cluster = run.Spec.Name,
        Started = started,
        Elapsed = elapsed,
        Phases = _phases,
        Done = _done,
        Nodes = [.. run.Spec.Nodes.Select(node => Row(node, run.State.Nodes.GetValueOrDefault(node.Name)))],
        Kubeconfig = run.Folder.Kubeconfig,
        Talosconfig = run.Folder.Talosconfig,
        JournalFolder = run.Journal.Folder,
        Warnings = Planner.Plan(run.Desired, run.State.Snapshot()).Warnings,
    };

    internal static NodeReport Row(Core.Spec.NodeSpec node, NodeObservation? seen) =>
        new(node.Name, node.Address, NodeIdentityCheck.TalosName(node.Role), seen?.Talos?.ToString(), seen is null ? "not asked" : NodeText.Of(seen));
}
