using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec.Reading;

/// <summary>"Did you mean" for keys and words.</summary>
internal static class KeySuggestion
{
    /// <summary>No key of ours is longer; what is longer resembles none.</summary>
    private const int Longest = 40;

    private static readonly ILookup<string, string> Places = Collect("", ClusterShape.Root).ToLookup(place => place.Key, place => place.Parent);

    /// <summary>The known word that the written one was meant to be, or null.</summary>
    public static string? Closest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > Longest)
        {
            return null;
        }

        var plain = Plain(written);
        var best = known
            .Select(word => (Word: word, Distance: Distance(plain, Plain(word))))
            .OrderBy(candidate => candidate.Distance)
            .FirstOrDefault((Word: "", Distance: int.MaxValue));
        return best.Distance <= Math.Min(2, plain.Length / 3) ? best.Word : null;
    }

    /// <summary>What to try instead of an unknown key: a similar one here, or the place where it belongs.</summary>
    public static string? ForKey(string written, MappingShape mapping)
    {
        if (Closest(written, mapping.Keys.Select(key => key.Name)) is { } similar)
        {
            return $"did you mean '{similar}'?";
        }

        var places = Places[written].Distinct().ToList();
        return places.Count == 0 ? null : $"'{written}' belongs {string.Join(" or ", places.Select(place => place.Length == 0 ? "to the top level" : $"under {place}"))}";
    }

    private static IEnumerable<(string Key, string Parent)> Collect(string path, ValueShape shape) => shape switch
    {
        MappingShape mapping => mapping.Keys.SelectMany(key =>
            Collect(path.Length == 0 ? key.Name : $"{path}.{key.Name}", key.Shape).Prepend((key.Name, path))),
        ListShape list => Collect($"{path}[]", list.Item),
        MapShape map => Collect($"{path}.NAME", map.Value),
        _ => [],
    };

    private static string Plain(string word) => word.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Edits from one to the other: insert, delete, replace, swap neighbours (optimal string alignment).</summary>
    private static int Distance(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                    cost[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[a.Length, b.Length];
    }
}
