namespace Slipway.Core.MachineConfig.Validation;

/// <summary>Did you mean …?</summary>
internal static class Suggestion
{
    private const int LongestName = 64;

    /// <summary>A hint with the nearest candidate, or null when none is near: two letters or a third of them may differ.</summary>
    public static string? For(string name, IEnumerable<string> candidates)
    {
        if (name.Length > LongestName)
        {
            return null;
        }

        var nearest = candidates
            .Where(candidate => candidate.Length <= LongestName)
            .Select(candidate => (Candidate: candidate, Distance: Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .OrderBy(pair => pair.Distance).ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
            .FirstOrDefault();
        return nearest.Candidate is not null && nearest.Distance <= Math.Max(name.Length < 4 ? 1 : 2, name.Length / 3) ? $"did you mean {nearest.Candidate}?" : null;
    }

    /// <summary>Levenshtein's distance.</summary>
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[b.Length];
    }
}
