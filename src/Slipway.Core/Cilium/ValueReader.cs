using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Core.Cilium;

/// <summary>Looks values up by path as the chart's templates do: a wrong type reads as unset, for the type rule tells of it.</summary>
internal sealed class ValueReader(JsonObject values)
{
    public JsonNode? Node(string path)
    {
        JsonNode? at = values;
        foreach (var key in path.Split('/'))
        {
            at = at is JsonObject map ? map[key] : null;
        }

        return at;
    }

    public string? Text(string path) => Node(path) is { } node && node.GetValueKind() == JsonValueKind.String ? node.GetValue<string>() : null;

    /// <summary>Templates print booleans into a ConfigMap, so "true" and true are the same to Cilium.</summary>
    public bool Flag(string path, bool otherwise = false) => Node(path) switch
    {
        { } node when node.GetValueKind() == JsonValueKind.True => true,
        { } node when node.GetValueKind() == JsonValueKind.False => false,
        { } node when node.GetValueKind() == JsonValueKind.String && bool.TryParse(node.GetValue<string>(), out var flag) => flag,
        _ => otherwise,
    };

    public long? Integer(string path) => Node(path) switch
    {
        { } node when node.GetValueKind() == JsonValueKind.Number && long.TryParse(node.ToJsonString(), out var integer) => integer,
        { } node when node.GetValueKind() == JsonValueKind.String && long.TryParse(node.GetValue<string>(), out var integer) => integer,
        _ => null,
    };

    public IEnumerable<string> List(string path) => Node(path) is JsonArray list
        ? list.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>())
        : [];
}
