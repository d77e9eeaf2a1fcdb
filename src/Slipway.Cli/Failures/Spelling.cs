using System.CommandLine;

namespace Slipway.Cli.Failures;

/// <summary>Finds what somebody who mistyped a command or an option meant.</summary>
internal static class Spelling
{
    /// <summary>Letters that may be wrong, missing or too many.</summary>
    private const int Tolerance = 2;

    /// <summary>The nearest name that <paramref name="command"/> knows, or null when none is near.</summary>
    public static string? Suggest(IReadOnlyList<string> unmatched, Command command)
    {
        if (unmatched.Count == 0)
        {
            return null;
        }

        var typed = unmatched[0].Split('=')[0];
        var nearest = Names(command)
            .Select(name => (name, distance: Distance(typed, name)))
            .Where(candidate => candidate.distance <= Tolerance && candidate.distance < typed.Length)
            .OrderBy(candidate => candidate.distance)
            .FirstOrDefault();
        return nearest.name;
    }

    /// <summary>Levenshtein's distance, with two neighbours swapped counting as one.</summary>
    internal static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    rows[i, j] = i + j;
                    continue;
                }

                var changed = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(changed, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[a.Length, b.Length];
    }

    private static IEnumerable<string> Names(Command command)
    {
        var options = command.Options.Concat(command.Parents.OfType<Command>().SelectMany(parent => parent.Options.Where(option => option.Recursive)));
        return command.Subcommands.Select(subcommand => subcommand.Name)
            .Concat(options.SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal)));
    }
}
