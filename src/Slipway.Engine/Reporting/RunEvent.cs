using System.Text.Json.Serialization;
using Slipway.Core.Planning;

namespace Slipway.Engine.Reporting;

/// <summary>What a run tells while it goes on. The same values feed the terminal, plain lines, NDJSON and the journal.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "run-started")]
[JsonDerivedType(typeof(PhaseStarted), "phase-started")]
[JsonDerivedType(typeof(PhaseFinished), "phase-finished")]
[JsonDerivedType(typeof(NodeProgress), "node-progress")]
[JsonDerivedType(typeof(ActionStarted), "action-started")]
[JsonDerivedType(typeof(ActionFinished), "action-finished")]
[JsonDerivedType(typeof(ConditionChanged), "condition")]
[JsonDerivedType(typeof(Notice), "notice")]
[JsonDerivedType(typeof(RunFinished), "run-finished")]
public abstract record RunEvent
{
    public required DateTimeOffset Time { get; init; }
}

public sealed record RunStarted(string Cluster, int Nodes, string JournalFolder) : RunEvent;

/// <param name="Number">1-based.</param>
public sealed record PhaseStarted(string Phase, string Title, int Number, int Of) : RunEvent;

public sealed record PhaseFinished(string Phase, PhaseOutcome Outcome, TimeSpan Elapsed, string? Message = null) : RunEvent;

public enum PhaseOutcome
{
    /// <summary>There was nothing to do.</summary>
    Unchanged,
    Changed,
    Failed,
}

/// <summary>Where one node stands, in a few words: <c>installing</c>, <c>rebooting</c>, <c>running</c>.</summary>
public sealed record NodeProgress(string Node, string State, string? Detail = null) : RunEvent;

public sealed record ActionStarted(PlannedAction Action) : RunEvent;

public sealed record ActionFinished(PlannedAction Action, bool Succeeded, TimeSpan Elapsed, string? Message = null) : RunEvent;

public sealed record ConditionChanged(string Phase, string Description, ConditionState State, string? Reason = null) : RunEvent;

public enum ConditionState
{
    Waiting,
    Met,
    Skipped,
    Failed,
}

public sealed record Notice(bool IsWarning, string Message) : RunEvent;

public sealed record RunFinished(bool Succeeded, int Changed, TimeSpan Elapsed, string? Message = null) : RunEvent;
