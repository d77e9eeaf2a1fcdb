using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Schemas;

/// <summary>Reads the <c>openAPIV3Schema</c> of a CRD. Of the logic words (allOf, anyOf, oneOf, not, CEL rules) nothing is enforced.</summary>
internal static class StructuralSchema
{
    public static SchemaNode Read(JsonNode? schema)
    {
        if (schema is not JsonObject)
        {
            return SchemaNode.Anything;
        }

        var root = Node(schema);
        if (root.Type != SchemaType.Object)
        {
            return root;
        }

        // apiVersion, kind and metadata are the API server's own, whatever the CRD says of them.
        var properties = new Dictionary<string, SchemaNode>(root.Properties)
        {
            ["apiVersion"] = new() { Type = SchemaType.String },
            ["kind"] = new() { Type = SchemaType.String },
            ["metadata"] = BuiltInSchemas.Metadata,
        };
        return new SchemaNode { Type = SchemaType.Object, Properties = properties, Required = root.Required, KeepsUnknown = root.KeepsUnknown, Values = root.Values };
    }

    private static SchemaNode Node(JsonNode? schema)
    {
        var type = TypeOf(schema);
        var keeps = schema.Flag("x-kubernetes-preserve-unknown-fields");
        if (type == SchemaType.Any)
        {
            return SchemaNode.Anything;
        }

        var keys = schema.Text("x-kubernetes-list-type") == "map" ? schema.Texts("x-kubernetes-list-map-keys").ToArray() : [];
        return new SchemaNode
        {
            Type = type,
            Properties = (schema.At("properties") as JsonObject)?.ToDictionary(field => field.Key, field => Node(field.Value)) ?? [],
            Values = schema.At("additionalProperties") switch
            {
                JsonObject values => Node(values),
                JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.True => SchemaNode.Anything,
                _ => null,
            },
            Items = type == SchemaType.Array ? Node(schema.At("items")) : null,
            Keys = keys,
            IsSet = schema.Text("x-kubernetes-list-type") == "set",
            IsAtomic = schema.Text("x-kubernetes-map-type") == "atomic",
            KeepsUnknown = keeps,
            IsNullable = schema.Flag("nullable"),
            Required = [.. schema.Texts("required")],
            Enum = [.. (schema.At("enum") as JsonArray)?.Select(value => value) ?? []],
            Pattern = schema.Text("pattern") is { } pattern ? new Regex(pattern, RegexOptions.CultureInvariant | RegexOptions.NonBacktracking) : null,
            Minimum = Bound(schema, "minimum"),
            Maximum = Bound(schema, "maximum"),
            MaximumItems = (int?)schema.Number("maxItems"),
            Default = schema.At("default"),
        };
    }

    private static SchemaType TypeOf(JsonNode? schema) =>
        schema.Flag("x-kubernetes-int-or-string") ? SchemaType.IntOrString
        : schema.Text("type") switch
        {
            "object" => SchemaType.Object,
            "array" => SchemaType.Array,
            "string" => SchemaType.String,
            "integer" => SchemaType.Integer,
            "number" => SchemaType.Number,
            "boolean" => SchemaType.Boolean,
            _ => SchemaType.Any,
        };

    private static double? Bound(JsonNode? schema, string name) =>
        schema.At(name) is JsonValue value && value.TryGetValue<double>(out var bound) ? bound : null;
}
