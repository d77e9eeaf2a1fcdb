using System.Text.Json.Nodes;

namespace Slipway.Core.Cilium;

/// <summary>Merges chart values as helm does with several values files.</summary>
internal static class ValueMerge
{
    /// <summary>
    /// Lays <paramref name="over"/> on <paramref name="values"/>: maps merge, all else replaces. A null is kept, because it is
    /// helm that then deletes the chart's own default.
    /// </summary>
    public static void Over(JsonObject values, JsonObject over)
    {
        foreach (var (key, value) in over)
        {
            if (value is JsonObject inner && values[key] is JsonObject outer)
            {
                Over(outer, inner);
            }
            else
            {
                values[key] = value?.DeepClone();
            }
        }
    }
}
