using Slipway.Engine.Running;

namespace Slipway.Engine.Draining;

/// <summary>How many nodes go down at the same time.</summary>
internal static class Downtime
{
    /// <summary>At most half of the workers: what is drained from one must have somewhere to go, or its budget holds up the next for ever.</summary>
    public static ParallelOptions OfWorkers(RunContext run, CancellationToken cancellationToken) => new()
    {
        MaxDegreeOfParallelism = Math.Clamp(run.Spec.Workers.Count() / 2, 1, run.Options.UpgradeParallelism),
        CancellationToken = cancellationToken,
    };
}
