using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>The steps of a <see cref="FieldSet"/>: how they are written, shown, and followed through an object.</summary>
internal static class FieldPath
{
    public static string KeyStep(JsonNode? item, IReadOnlyList<string> keys)
    {
        var key = new JsonObject();
        foreach (var name in keys.Order(StringComparer.Ordinal))
        {
            if (KeyValue(item, name) is { } value)
            {
                key[name] = value.DeepClone();
            }
        }

        return "k:" + key.ToJsonString(JsonAccess.Output);
    }

    public static string ValueStep(JsonNode? item) => "v:" + (item?.ToJsonString(JsonAccess.Output) ?? "null");

    /// <summary>What lies at <paramref name="step"/> below <paramref name="node"/>, or null.</summary>
    public static JsonNode? Step(JsonNode? node, string step) => step[0] switch
    {
        'f' => node.At(step[2..]),
        'k' when node is JsonArray list => list.FirstOrDefault(Match(step)),
        'v' when node is JsonArray list => list.FirstOrDefault(item => ValueStep(item) == step),
        _ => null,
    };

    public static string Text(string step) => step[0] switch
    {
        'f' => "." + step[2..],
        'k' => $"[{string.Join(",", ((JsonObject)JsonNode.Parse(step[2..])!).Select(key => $"{key.Key}={key.Value?.ToJsonString()}"))}]",
        _ => $"[={step[2..]}]",
    };

    public static void Remove(JsonNode? parent, string step)
    {
        switch (parent)
        {
            case JsonObject fields:
                fields.Remove(step[2..]);
                break;
            case JsonArray list when step[0] == 'k':
                var matches = Match(step);
                list.RemoveAll(matches);
                break;
            case JsonArray list:
                list.RemoveAll(item => ValueStep(item) == step);
                break;
        }
    }

    private static Func<JsonNode?, bool> Match(string step)
    {
        var names = ((JsonObject)JsonNode.Parse(step[2..])!).Select(key => key.Key).ToList();
        return item => KeyStep(item, names) == step;
    }

    // A port without a protocol is a TCP port: the one default that takes part in a key.
    private static JsonNode? KeyValue(JsonNode? item, string name) => item.At(name) ?? (name == "protocol" ? JsonValue.Create("TCP") : null);
}
