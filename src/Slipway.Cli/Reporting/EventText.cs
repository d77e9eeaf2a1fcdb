using Slipway.Cli.Output;
using Slipway.Engine.Reporting;
using Spectre.Console;

namespace Slipway.Cli.Reporting;

/// <summary>An event as one line for people, or null where a line would only be noise.</summary>
internal static class EventText
{
    public static (string Text, Style Style)? Of(RunEvent runEvent) => runEvent switch
    {
        RunStarted started => ($"{started.Cluster}: {started.Nodes} nodes; journal in {started.JournalFolder}", Bold),
        PhaseStarted phase => ($"==> [{phase.Number}/{phase.Of}] {phase.Title}", Bold),
        PhaseFinished phase => ($"    {OutcomeWord(phase.Outcome)} in {Durations.Short(phase.Elapsed)}{After(phase.Message)}", StyleOf(phase.Outcome)),
        NodeProgress node => ($"    {node.Node}: {node.State}{InParentheses(node.Detail)}", Style.Plain),
        ActionStarted { Action: var action } => ($"    {Symbols.Of(action.Kind).Sign} {action.Target}: {action.Summary}", new Style(Color.Blue)),
        ActionFinished { Succeeded: true, Action: var action } finished =>
            ($"    ok {action.Target}: {action.Summary} ({Durations.Short(finished.Elapsed)}){After(finished.Message)}", new Style(Color.Green)),
        ActionFinished { Action: var action } finished => ($"    failed {action.Target}: {action.Summary}{After(finished.Message)}", new Style(Color.Red)),
        ConditionChanged { State: ConditionState.Waiting } condition => ($"    waiting until {condition.Description}{InParentheses(condition.Reason)}", Style.Plain),
        ConditionChanged condition => ($"    {Choice.Word(condition.State)}: {condition.Description}{InParentheses(condition.Reason)}", StyleOf(condition.State)),
        Notice { IsWarning: true } notice => ($"warning: {notice.Message}", new Style(Color.Yellow)),
        Notice notice => (notice.Message, Style.Plain),
        // The command itself tells the end, with what to do next.
        RunFinished => null,
        _ => null,
    };

    public static string OutcomeWord(PhaseOutcome outcome) => outcome switch
    {
        PhaseOutcome.Unchanged => "ok, no change",
        PhaseOutcome.Changed => "done",
        PhaseOutcome.Failed => "failed",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome)),
    };

    public static Style StyleOf(PhaseOutcome outcome) => outcome switch
    {
        PhaseOutcome.Failed => new Style(Color.Red),
        PhaseOutcome.Changed => new Style(Color.Green),
        _ => new Style(Color.Grey),
    };

    private static Style Bold { get; } = new(decoration: Decoration.Bold);

    private static Style StyleOf(ConditionState state) => state switch
    {
        ConditionState.Met => new Style(Color.Green),
        ConditionState.Failed => new Style(Color.Red),
        ConditionState.Skipped => new Style(Color.Blue),
        _ => Style.Plain,
    };

    private static string InParentheses(string? text) => string.IsNullOrEmpty(text) ? "" : $" ({text})";

    private static string After(string? text) => string.IsNullOrEmpty(text) ? "" : $": {text}";
}
