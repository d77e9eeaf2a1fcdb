using Slipway.Core.Failures;
using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <param name="Reason">Why not, in the words that an operator needs; null when met.</param>
/// <param name="Node">The node that holds up a condition of the whole cluster, by its name in the spec.</param>
/// <param name="Cause">Why that node does not answer us; of what failed, what to call it.</param>
public readonly record struct Verdict(ConditionState State, string? Reason, string? Node = null, FailureReason? Cause = null)
{
    public static Verdict Met { get; } = new(ConditionState.Met, null);

    public static Verdict Waiting(string reason, string? node = null, FailureReason? cause = null) => new(ConditionState.Waiting, reason, node, cause);

    /// <summary>Does not apply here.</summary>
    public static Verdict Skipped(string reason) => new(ConditionState.Skipped, reason);

    /// <summary>Waiting longer cannot help.</summary>
    public static Verdict Failed(string reason, string? node = null, FailureReason cause = FailureReason.Rejected) => new(ConditionState.Failed, reason, node, cause);

    public static Verdict From(bool met, string reason) => met ? Met : Waiting(reason);
}
