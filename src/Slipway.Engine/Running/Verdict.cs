using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <param name="Reason">Why not, in the words that an operator needs; null when met.</param>
public readonly record struct Verdict(ConditionState State, string? Reason)
{
    public static Verdict Met { get; } = new(ConditionState.Met, null);

    public static Verdict Waiting(string reason) => new(ConditionState.Waiting, reason);

    /// <summary>Does not apply here.</summary>
    public static Verdict Skipped(string reason) => new(ConditionState.Skipped, reason);

    /// <summary>Waiting longer cannot help.</summary>
    public static Verdict Failed(string reason) => new(ConditionState.Failed, reason);

    public static Verdict From(bool met, string reason) => met ? Met : Waiting(reason);
}
