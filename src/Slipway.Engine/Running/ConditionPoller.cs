using System.Runtime.ExceptionServices;
using Slipway.Core.Failures;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <summary>Looks at conditions until all are met, one fails, or time is up; tells each change of reason once.</summary>
internal sealed class ConditionPoller(IReporter reporter, TimeProvider time, RunOptions options)
{
    public async Task WaitAsync(string phase, IReadOnlyList<Condition> conditions, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        using var slots = new SemaphoreSlim(options.Parallelism);
        // The first that fails stops the others: an operator waits for nothing.
        ExceptionDispatchInfo? failure = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await foreach (var done in Task.WhenEach(conditions.Select(condition => WaitAsync(phase, condition, started, timeout, slots, stop.Token)).ToList()))
        {
            if (!done.IsCompletedSuccessfully && !stop.IsCancellationRequested)
            {
                failure = ExceptionDispatchInfo.Capture(done.Exception?.InnerException ?? new OperationCanceledException(cancellationToken));
                await stop.CancelAsync();
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        failure?.Throw();
    }

    private async Task WaitAsync(string phase, Condition condition, long started, TimeSpan timeout, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        Verdict? last = null;
        var pace = new Pace(time, options);
        while (true)
        {
            var verdict = await LookAsync(condition, slots, cancellationToken);
            if (verdict != last)
            {
                reporter.Report(new ConditionChanged(phase, condition.Description, verdict.State, verdict.Reason) { Time = time.GetUtcNow() });
                last = verdict;
            }

            switch (verdict.State)
            {
                case ConditionState.Met or ConditionState.Skipped:
                    return;
                case ConditionState.Failed:
                    throw Failure(verdict.Cause ?? FailureReason.Rejected, phase, condition, verdict, timeout);
            }

            if (time.GetElapsedTime(started) >= timeout)
            {
                throw Failure(Transient.OutOfTime(verdict.Cause), phase, condition, verdict, timeout);
            }

            await pace.WaitAsync(cancellationToken);
        }
    }

    private static async Task<Verdict> LookAsync(Condition condition, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken);
        try
        {
            return await condition.Look(cancellationToken);
        }
        catch (SlipwayException error) when (Transient.Is(error.Reason))
        {
            return Verdict.Waiting(error.Message);
        }
        finally
        {
            slots.Release();
        }
    }

    private static SlipwayException Failure(FailureReason reason, string phase, Condition condition, Verdict verdict, TimeSpan timeout) =>
        new(reason, verdict.State == ConditionState.Waiting
            ? $"not within {timeout.TotalMinutes:0.#} minutes: {condition.Description}"
            : reason == FailureReason.Unfit ? $"not so: {condition.Description}: {verdict.Reason}" : $"cannot become true: {condition.Description}")
        {
            Phase = phase,
            Node = condition.Node ?? verdict.Node,
            Expected = condition.Description,
            Found = verdict.Reason,
            Hint = reason == FailureReason.Unfit
                ? "'slipway doctor' tells each check, why it matters and what to do; mend it and run the same command again"
                : "run the same command again to go on from here; 'slipway status' shows what is true now",
        };
}
