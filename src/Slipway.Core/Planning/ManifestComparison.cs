using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Core.Planning;

/// <summary>Compares an object that we want with the one that lives in the cluster.</summary>
public static class ManifestComparison
{
    /// <summary>
    /// True when all of <paramref name="desired"/> is in <paramref name="live"/>: every field of a map, lists item by item and of
    /// the same length. What only the live object has (status, managedFields, defaults, others' labels) does not count.
    /// </summary>
    public static bool Covers(JsonObject desired, JsonObject live) => Difference(desired, live, "") is null;

    /// <summary>The first field, in dotted form, in which the live object falls short; null when it covers all.</summary>
    public static string? FirstDifference(JsonObject desired, JsonObject live) => Difference(desired, live, "");

    private static string? Difference(JsonNode? desired, JsonNode? live, string path)
    {
        switch (desired, live)
        {
            case (JsonObject wanted, JsonObject found):
                return wanted
                    .Select(field => Difference(field.Value, found[field.Key], path.Length > 0 ? $"{path}.{field.Key}" : field.Key))
                    .FirstOrDefault(difference => difference is not null);
            // The API server drops empty maps and lists of fields that say omitempty.
            case (JsonObject { Count: 0 } or JsonArray { Count: 0 }, null) when !Selects(path):
                return null;
            case (JsonArray wanted, JsonArray found) when wanted.Count == found.Count:
                return wanted
                    .Select((item, index) => Difference(item, found[index], $"{path}[{index.ToString(CultureInfo.InvariantCulture)}]"))
                    .FirstOrDefault(difference => difference is not null);
            case (null, null):
                return null;
            default:
                return desired is not null && live is not null && SameScalar(desired, live) ? null : path;
        }
    }

    /// <summary>An empty selector selects everything and a missing one nothing: there the two are not the same.</summary>
    private static bool Selects(string path) => path.EndsWith("Selector", StringComparison.Ordinal);

    private static bool SameScalar(JsonNode desired, JsonNode live) => (desired.GetValueKind(), live.GetValueKind()) switch
    {
        (JsonValueKind.Object or JsonValueKind.Array, _) or (_, JsonValueKind.Object or JsonValueKind.Array) => false,
        _ => JsonNode.DeepEquals(desired, live),
    };
}
