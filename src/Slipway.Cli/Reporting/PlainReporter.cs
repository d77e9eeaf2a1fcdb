using System.Globalization;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Spectre.Console;

namespace Slipway.Cli.Reporting;

/// <summary>One line an event, with its time: for logs, pipes and terminals without cursor movement.</summary>
internal sealed class PlainReporter(IAnsiConsole console) : IReporter
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _last = new(StringComparer.Ordinal);

    public void Report(RunEvent runEvent)
    {
        if (EventText.Of(runEvent) is not { } line)
        {
            return;
        }

        lock (_lock)
        {
            if (Repeats(runEvent, line.Text))
            {
                return;
            }

            var time = runEvent.Time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);
            // A message from a peer may span lines; a log line must not.
            console.Write(new Text($"{time} {line.Text.ReplaceLineEndings(" ")}", line.Style));
            console.WriteLine();
        }
    }

    /// <summary>Nodes and conditions are polled; only what differs from the last time is news.</summary>
    private bool Repeats(RunEvent runEvent, string text)
    {
        var subject = runEvent switch
        {
            NodeProgress node => $"node {node.Node}",
            ConditionChanged condition => $"condition {condition.Phase} {condition.Description}",
            _ => null,
        };
        if (subject is null)
        {
            return false;
        }

        var repeats = _last.TryGetValue(subject, out var before) && before == text;
        _last[subject] = text;
        return repeats;
    }
}
