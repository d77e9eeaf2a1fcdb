using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Patching;

/// <summary>JSON patch, RFC 6902. A step that does not fit, a failed <c>test</c> included, is 422 as in a kube-apiserver.</summary>
internal static class JsonPatch
{
    public static void Apply(JsonObject target, JsonArray steps)
    {
        foreach (var step in steps)
        {
            var path = Pointer(step.Text("path"));
            switch (step.Text("op"))
            {
                case "add":
                    Add(target, path, step.At("value")?.DeepClone());
                    break;
                case "replace":
                    _ = Take(target, path);
                    Add(target, path, step.At("value")?.DeepClone());
                    break;
                case "remove":
                    _ = Take(target, path);
                    break;
                case "move":
                    Add(target, path, Take(target, Pointer(step.Text("from"))));
                    break;
                case "copy":
                    Add(target, path, Find(target, Pointer(step.Text("from")))?.DeepClone());
                    break;
                case "test":
                    if (!JsonNode.DeepEquals(Find(target, path), step.At("value")))
                    {
                        throw Refused($"testing path {step.Text("path")} failed");
                    }

                    break;
                default:
                    throw ApiException.BadRequest($"JSON patch: unknown operation '{step.Text("op")}'; expected add, remove, replace, move, copy or test");
            }
        }
    }

    private static string[] Pointer(string? path) =>
        path switch
        {
            null => throw ApiException.BadRequest("JSON patch: a step has no path"),
            ['/', ..] => [.. path[1..].Split('/').Select(part => part.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))],
            _ => throw ApiException.BadRequest($"JSON patch: '{path}' is not a JSON pointer below the root"),
        };

    private static JsonNode? Find(JsonNode? node, ReadOnlySpan<string> path)
    {
        foreach (var part in path)
        {
            node = node switch
            {
                JsonObject item when item.TryGetPropertyValue(part, out var child) => child,
                JsonArray list => list[Index(list, part, list.Count - 1)],
                _ => throw Missing(part),
            };
        }

        return node;
    }

    private static void Add(JsonObject target, string[] path, JsonNode? value)
    {
        switch (Find(target, path.AsSpan(..^1)))
        {
            case JsonObject parent:
                parent[path[^1]] = value;
                break;
            case JsonArray list:
                list.Insert(path[^1] == "-" ? list.Count : Index(list, path[^1], list.Count), value);
                break;
            default:
                throw Missing(path[^1]);
        }
    }

    private static JsonNode? Take(JsonObject target, string[] path)
    {
        switch (Find(target, path.AsSpan(..^1)))
        {
            case JsonObject parent when parent.TryGetPropertyValue(path[^1], out var value):
                parent.Remove(path[^1]);
                return value;
            case JsonArray list:
                var at = Index(list, path[^1], list.Count - 1);
                var item = list[at];
                list.RemoveAt(at);
                return item;
            default:
                throw Missing(path[^1]);
        }
    }

    private static int Index(JsonArray list, string part, int last) =>
        int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= last
            ? at
            : throw Refused($"'{part}' is not an index of a list of {list.Count}");

    private static ApiException Missing(string part) => Refused($"there is no '{part}' at that path");

    private static ApiException Refused(string detail) => new(422, "Invalid", $"the server rejected our request due to an error in our request: JSON patch: {detail}");
}
