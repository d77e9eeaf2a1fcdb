namespace Slipway.Agent.Configuration;

internal static class Spelling
{
    /// <summary>How many letters to add, drop or change (Levenshtein), counted up to 3; far words cost nothing to tell apart.</summary>
    public static int Distance(string one, string other)
    {
        if (Math.Abs(one.Length - other.Length) > 2 || one.Length > 64)
        {
            return 3;
        }

        var above = new int[other.Length + 1];
        for (var j = 0; j <= other.Length; j++)
        {
            above[j] = j;
        }

        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = above[0];
            above[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var change = diagonal + (char.ToLowerInvariant(one[i - 1]) == char.ToLowerInvariant(other[j - 1]) ? 0 : 1);
                diagonal = above[j];
                above[j] = Math.Min(change, 1 + Math.Min(above[j], above[j - 1]));
            }
        }

        return Math.Min(3, above[other.Length]);
    }
}
