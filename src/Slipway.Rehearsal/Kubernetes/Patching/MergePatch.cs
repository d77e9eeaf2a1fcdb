using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>JSON merge patch, RFC 7396.</summary>
internal static class MergePatch
{
    /// <summary>Changes <paramref name="target"/> and returns it, or the replacement when the patch is no object.</summary>
    public static JsonNode? Apply(JsonNode? target, JsonNode? patch)
    {
        if (patch is not JsonObject changes)
        {
            return patch?.DeepClone();
        }

        var result = target as JsonObject ?? [];
        foreach (var (name, change) in changes)
        {
            if (change is null)
            {
                result.Remove(name);
                continue;
            }

            var before = result[name];
            var after = Apply(before, change);
            if (!ReferenceEquals(before, after))
            {
                result[name] = after;
            }
        }

        return result;
    }
}
