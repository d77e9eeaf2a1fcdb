using Slipway.Core.MachineConfig;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>Differences between two machine configs, one a line; values come redacted.</summary>
internal static class ChangesView
{
    public static void Write(IAnsiConsole console, IEnumerable<ConfigChange> changes, string indent = "")
    {
        foreach (var change in changes)
        {
            var (sign, color) = Symbols.Of(change.Kind);
            var place = change.Path.Length > 0 ? $"{change.Document} {change.Path}" : change.Document;
            var values = (change.Before, change.After) switch
            {
                (null, null) => "",
                (null, { } after) => $" = {after}",
                ({ } before, null) => $" = {before}",
                var (before, after) => $" = {before} -> {after}",
            };
            console.Write(new Text(indent));
            console.Write(new Text($"{sign} {place}{values}", Style.Parse(color)));
            if (change.Note is { } note)
            {
                console.Write(new Text($"  ({note})", Style.Parse("blue")));
            }

            console.WriteLine();
        }
    }
}
