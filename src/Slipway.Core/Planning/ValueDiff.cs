using System.Text.Json.Nodes;
using Slipway.Core.MachineConfig;

namespace Slipway.Core.Planning;

/// <summary>Differences between two trees of chart values, by dotted path, in ordinal order. Lists are compared whole.</summary>
public static class ValueDiff
{
    public static IEnumerable<ConfigChange> Between(JsonObject before, JsonObject after) => Between("", before, after);

    private static IEnumerable<ConfigChange> Between(string path, JsonObject before, JsonObject after)
    {
        foreach (var key in before.Select(pair => pair.Key).Union(after.Select(pair => pair.Key)).Order(StringComparer.Ordinal))
        {
            var below = path.Length == 0 ? key : $"{path}.{key}";
            var (had, has) = (before.TryGetPropertyValue(key, out var old), after.TryGetPropertyValue(key, out var now));
            if (had && has && old is JsonObject oldMap && now is JsonObject newMap)
            {
                foreach (var change in Between(below, oldMap, newMap))
                {
                    yield return change;
                }
            }
            else if (had != has || !JsonNode.DeepEquals(old, now))
            {
                yield return new ConfigChange
                {
                    Kind = !had ? ChangeKind.Added : !has ? ChangeKind.Removed : ChangeKind.Changed,
                    Document = "values",
                    Path = below,
                    Before = had ? old?.ToJsonString() ?? "null" : null,
                    After = has ? now?.ToJsonString() ?? "null" : null,
                };
            }
        }
    }
}
