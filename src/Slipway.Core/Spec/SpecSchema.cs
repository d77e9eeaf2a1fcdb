using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Core.Spec;

/// <summary>The JSON Schema of cluster.yaml (draft 2020-12), for editors; made from the same table that the reader uses.</summary>
public static class SpecSchema
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // The schema is read by editors, not put into HTML: ' and + may stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json()
    {
        var root = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["title"] = "Slipway cluster",
            ["description"] = "One Talos Linux cluster for Solana validators: cluster.yaml of Slipway.",
        };
        foreach (var (name, value) in Of(ClusterShape.Root).ToList())
        {
            root[name] = value?.DeepClone();
        }

        return root.ToJsonString(Indented) + "\n";
    }

    private static JsonObject Of(ValueShape shape) => shape switch
    {
        TextShape text => Text(text),
        ChoiceShape choice => new JsonObject { ["type"] = "string", ["enum"] = Texts(choice.Choices) },
        IntegerShape integer => new JsonObject { ["type"] = "integer", ["minimum"] = integer.Minimum, ["maximum"] = integer.Maximum },
        BooleanShape { OnlyTrue: true } => new JsonObject { ["const"] = true },
        BooleanShape => new JsonObject { ["type"] = "boolean" },
        ListShape list => new JsonObject { ["type"] = "array", ["items"] = Of(list.Item), ["minItems"] = list.Least, ["maxItems"] = list.Most },
        MapShape map => new JsonObject { ["type"] = "object", ["propertyNames"] = new JsonObject { ["pattern"] = map.Key.Pattern }, ["additionalProperties"] = Of(map.Value) },
        FreeShape free => new JsonObject { ["type"] = "object", ["description"] = free.What },
        EitherShape either => new JsonObject { ["anyOf"] = new JsonArray(Of(either.Text), Of(either.Mapping)) },
        MappingShape mapping => Mapping(mapping),
        _ => throw new InvalidOperationException($"no JSON Schema for {shape.GetType().Name}"),
    };

    private static JsonObject Text(TextShape shape) => new()
    {
        // Where any scalar is taken as its text, an unquoted 0042 or true must not be underlined.
        ["type"] = shape.AnyScalar ? Texts(["string", "number", "boolean"]) : "string",
        ["pattern"] = shape.Format.Pattern,
        ["examples"] = Texts([shape.Format.Example]),
        ["patternErrorMessage"] = $"{shape.Format.Name}: {shape.Format.Expected}",
    };

    private static JsonObject Mapping(MappingShape shape)
    {
        var properties = new JsonObject();
        foreach (var key in shape.Keys)
        {
            var value = Of(key.Shape);
            value["description"] = key.Description;
            if (key.Default is { } fallback)
            {
                value["default"] = JsonNode.Parse(fallback);
            }

            properties[key.Name] = value;
        }

        var mapping = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (shape.Keys.Any(key => key.Required))
        {
            mapping["required"] = Texts(shape.Keys.Where(key => key.Required).Select(key => key.Name));
        }

        if (shape.ExactlyOne.Count > 0)
        {
            mapping["oneOf"] = new JsonArray([.. shape.ExactlyOne.Select(name => new JsonObject { ["required"] = Texts([name]) })]);
        }

        return mapping;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);
}
