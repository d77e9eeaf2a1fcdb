using Slipway.Core.Failures;

namespace Slipway.Engine.Running;

/// <summary>The same attempt again and again, at a wait's pace, until it is done or out of time.</summary>
internal static class Attempts
{
    /// <param name="attempt">Null when it is done; else why not yet.</param>
    /// <param name="outOfTime">What the run ends with, by the last reason.</param>
    public static async Task UntilDoneAsync(
        RunContext run, TimeSpan timeout, Func<CancellationToken, Task<string?>> attempt, Func<string, SlipwayException> outOfTime, CancellationToken cancellationToken)
    {
        var (started, pace) = (run.Time.GetTimestamp(), new Pace(run.Time, run.Options));
        while (await attempt(cancellationToken) is { } reason)
        {
            if (run.Time.GetElapsedTime(started) >= timeout)
            {
                throw outOfTime(reason);
            }

            await pace.WaitAsync(cancellationToken);
        }
    }
}
