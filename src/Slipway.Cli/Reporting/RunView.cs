using Slipway.Cli.Output;
using Slipway.Engine.Reporting;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Slipway.Cli.Reporting;

/// <summary>Draws a <see cref="RunState"/>: phases with their times, the nodes under way, and what is waited for.</summary>
internal static class RunView
{
    /// <summary>Lines that are not nodes: title, blank lines, waiting and acting.</summary>
    private const int Frame = 8;

    private const int MostWaiting = 4;

    private static readonly string[] Spinner = ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"];

    public static IRenderable Draw(RunState state, DateTimeOffset now, int height)
    {
        var total = state.Started is { } started ? Durations.Short((state.Finished ?? now) - started) : "";
        List<IRenderable> rows = [new Markup($"[bold]{Markup.Escape(state.Cluster)}[/] [grey]{total}[/]"), Phases(state, now)];
        if (state.Finished is null)
        {
            var room = Math.Max(height - state.Phases.Count - Frame, 3);
            rows.Add(Nodes(state, now, room));
            rows.AddRange(state.Acting.Take(MostWaiting).Select(acting => Line("blue", $"  {acting.Action.Target}: {acting.Action.Summary}")));
            rows.AddRange(state.Waiting.Take(MostWaiting).Select(waiting => Line("grey", $"  waiting until {waiting.Description}{(waiting.Reason is null ? "" : $" ({waiting.Reason})")}")));
        }

        rows.AddRange(state.Notices.Select(notice => Line(notice.IsWarning ? "yellow" : "grey", $"{(notice.IsWarning ? "warning: " : "")}{notice.Message}")));
        return new Rows(rows);
    }

    private static Grid Phases(RunState state, DateTimeOffset now)
    {
        var grid = new Grid().AddColumns(new GridColumn().NoWrap(), new GridColumn(), new GridColumn().NoWrap());
        foreach (var phase in state.Phases)
        {
            var (mark, color) = phase.Outcome switch
            {
                null => (Spinner[(int)((now - phase.Since).TotalMilliseconds / 100 % Spinner.Length + Spinner.Length) % Spinner.Length], "yellow"),
                PhaseOutcome.Failed => ("✗", "red"),
                PhaseOutcome.Unchanged => ("✓", "grey"),
                _ => ("✓", "green"),
            };
            var elapsed = Durations.Short(phase.Outcome is null ? now - phase.Since : phase.Elapsed);
            var title = phase.Message is null ? phase.Title : $"{phase.Title}: {phase.Message}";
            grid.AddRow(new Markup($"[{color}]{mark}[/]"), new Text(title.ReplaceLineEndings(" ")), new Markup($"[grey]{elapsed}[/]"));
        }

        return grid;
    }

    private static IRenderable Nodes(RunState state, DateTimeOffset now, int room)
    {
        if (state.Nodes.Count == 0)
        {
            return new Text("");
        }

        var table = new Table().Border(TableBorder.None).AddColumns("node", "state", "", "for");
        // Who moved last is who an operator watches.
        var shown = state.Nodes.Count <= room ? state.Nodes : [.. state.Nodes.OrderByDescending(node => node.Since).Take(room - 1)];
        foreach (var node in shown)
        {
            table.AddRow(new Text(node.Node), new Text(node.State), new Text(node.Detail?.ReplaceLineEndings(" ") ?? ""), new Markup($"[grey]{Durations.Short(now - node.Since)}[/]"));
        }

        if (shown.Count == state.Nodes.Count)
        {
            return table;
        }

        var rest = state.Nodes.Except(shown).GroupBy(node => node.State).Select(group => $"{group.Count()} {group.Key}");
        return new Rows(table, Line("grey", $"and {string.Join(", ", rest)}"));
    }

    private static Text Line(string color, string text) => new(text.ReplaceLineEndings(" "), Style.Parse(color));
}
