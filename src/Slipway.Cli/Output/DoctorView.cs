using Slipway.Core.Doctor;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>A checkup as people read it: one line a check, and what to do under those that are not well.</summary>
internal static class DoctorView
{
    /// <param name="brief">Leaves out what is well and what does not apply.</param>
    public static void Write(IAnsiConsole console, DoctorReport report, bool brief)
    {
        foreach (var node in report.Nodes)
        {
            var about = string.Join(", ", new[] { node.Address, node.Role, node.Talos is { } talos ? $"Talos {talos}" : null }.OfType<string>());
            console.MarkupLineInterpolated($"[bold]{node.Node}[/] ({about})");
            foreach (var line in node.Checks.Where(line => !brief || line.Outcome is CheckOutcome.Warn or CheckOutcome.Fail))
            {
                Write(console, line);
            }

            console.WriteLine($"  {Totals(node.Count(CheckOutcome.Pass), node.Count(CheckOutcome.Warn), node.Count(CheckOutcome.Fail), node.Count(CheckOutcome.NotApplicable))}");
            console.WriteLine();
        }

        if (report.Nodes.Count > 1)
        {
            console.MarkupLineInterpolated($"[bold]{report.Nodes.Count} nodes:[/] {Totals(report.Passed, report.Warnings, report.Failed, report.NotApplicable)}");
        }
    }

    private static void Write(IAnsiConsole console, CheckLine line)
    {
        var (word, color) = line.Outcome switch
        {
            CheckOutcome.Pass => ("ok  ", "green"),
            CheckOutcome.Warn => ("warn", "yellow"),
            CheckOutcome.Fail => ("FAIL", "red"),
            _ => ("-   ", "grey"),
        };
        console.MarkupInterpolated($"  [{color}]{word}[/] ");
        switch (line.Outcome)
        {
            case CheckOutcome.Pass:
                Text(console, $"{line.Name}: {line.Got}");
                break;
            case CheckOutcome.NotApplicable:
                Text(console, $"{line.Name}: does not apply: {line.Reason}");
                break;
            default:
                Text(console, $"{line.Name}: expected {line.Expected}, found {line.Got}");
                Text(console, $"         why  {line.Why}");
                Text(console, $"         fix  {line.Fix}");
                break;
        }
    }

    /// <summary>What a node says goes on one line and is no markup.</summary>
    private static void Text(IAnsiConsole console, string text) => console.WriteLine(text.ReplaceLineEndings(" "));

    private static string Totals(int passed, int warnings, int failed, int notApplicable) =>
        $"{passed} ok, {warnings} {(warnings == 1 ? "warning" : "warnings")}, {failed} failed, {notApplicable} not applicable";
}
