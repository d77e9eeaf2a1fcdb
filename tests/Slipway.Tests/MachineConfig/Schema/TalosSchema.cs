using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Core.MachineConfig.Schema;
using Slipway.Core.Versions;

namespace Slipway.Tests.MachineConfig.Schema;

/// <summary>One of Talos' JSON schemas, flattened to paths such as <c>LinkConfig/addresses/-/address</c>.</summary>
internal sealed partial class TalosSchema(ReleaseLine line, JsonObject definitions)
{
    private const int Deepest = 20;

    public ReleaseLine Line { get; } = line;

    public static IReadOnlyList<TalosSchema> All() =>
    [
        .. TalosVectors.Files("schema").Select(file => new TalosSchema(
            ReleaseLine.Of(ReleaseVersion.Parse(Path.GetFileNameWithoutExtension(file))),
            JsonNode.Parse(TalosVectors.Read("schema", file))!["$defs"]!.AsObject())),
    ];

    public IEnumerable<(string Path, string Type)> Fields()
    {
        foreach (var (name, definition) in definitions)
        {
            var properties = definition!["properties"];
            var kind = name == "v1alpha1.Config" ? "v1alpha1"
                : properties?["apiVersion"] is null ? null
                : properties["kind"]?["enum"]?[0]?.GetValue<string>();
            if (kind is not null)
            {
                foreach (var field in Flatten(kind, definition, 0))
                {
                    yield return field;
                }
            }
        }
    }

    private IEnumerable<(string Path, string Type)> Flatten(string path, JsonNode node, int depth)
    {
        var (type, children) = Shape(Resolve(node));
        yield return (path, type);
        foreach (var (name, child) in depth < Deepest ? children : [])
        {
            foreach (var field in Flatten($"{path}/{name}", child, depth + 1))
            {
                yield return field;
            }
        }
    }

    private JsonNode Resolve(JsonNode node)
    {
        while (node["$ref"]?.GetValue<string>() is { } reference)
        {
            node = definitions[DefinitionName().Match(reference).Value]!;
        }

        return node;
    }

    private static (string Type, IReadOnlyList<(string Name, JsonNode Node)> Children) Shape(JsonNode node)
    {
        if (node["oneOf"] is not null || node["anyOf"] is not null || node["type"] is JsonArray)
        {
            return ("any", []);
        }

        switch (node["type"]?.GetValue<string>())
        {
            case "array":
                return ("list", [("-", node["items"] ?? new JsonObject())]);
            case "object" when node["properties"] is JsonObject properties:
                return ("map", [.. properties.Select(pair => (pair.Key, pair.Value!))]);
            case "object":
                var value = node["patternProperties"] is JsonObject { Count: > 0 } patterns ? patterns.First().Value : node["additionalProperties"];
                return value is JsonObject { Count: > 0 } ? ("map", [("*", value)]) : ("any", []);
            case "boolean":
                return ("bool", []);
            case "integer":
                return ("int", []);
            case null:
                return (node["enum"] is not null || node["pattern"] is not null ? "string" : "any", []);
            case "number":
                return ("any", []);
            case var other:
                return (other, []);
        }
    }

    [GeneratedRegex("[^/]+$")]
    private static partial Regex DefinitionName();
}
