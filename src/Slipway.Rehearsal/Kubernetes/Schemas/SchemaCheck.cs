using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;

namespace Slipway.Rehearsal.Kubernetes.Schemas;

/// <summary>Holds an object against its schema: unknown fields, defaults, and values that are not allowed.</summary>
internal static class SchemaCheck
{
    /// <summary>The paths of fields that the schema does not know, as <c>spec.rules[0].foo</c>; with <paramref name="prune"/> they are removed as well.</summary>
    public static List<string> UnknownFields(SchemaNode schema, JsonNode? node, bool prune)
    {
        var unknown = new List<string>();
        Walk(schema, node, "", unknown, prune);
        return unknown;
    }

    /// <summary>Fills in the defaults that a CRD declares.</summary>
    public static void FillDefaults(SchemaNode schema, JsonNode? node)
    {
        if (node is JsonArray list && schema.Items is { } items)
        {
            foreach (var item in list)
            {
                FillDefaults(items, item);
            }
        }

        if (node is not JsonObject fields)
        {
            return;
        }

        foreach (var (name, property) in schema.Properties)
        {
            if (property.Default is { } value && !fields.ContainsKey(name))
            {
                fields[name] = value.DeepClone();
            }
        }

        foreach (var (name, value) in fields)
        {
            FillDefaults(schema.Field(name) ?? SchemaNode.Anything, value);
        }
    }

    /// <summary>A null in a built-in kind reads as absent: Go decodes it into the zero value. Charts produce many (<c>annotations:</c> with nothing behind).</summary>
    public static void DropNulls(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var (name, value) in fields.ToList())
                {
                    if (value is null)
                    {
                        fields.Remove(name);
                    }

                    DropNulls(value);
                }

                break;
            case JsonArray list:
                foreach (var item in list)
                {
                    DropNulls(item);
                }

                break;
        }
    }

    /// <summary>One cause for every value that the schema refuses.</summary>
    public static List<StatusCause> Violations(SchemaNode schema, JsonNode? node)
    {
        var causes = new List<StatusCause>();
        Validate(schema, node, "", causes);
        return causes;
    }

    private static void Walk(SchemaNode schema, JsonNode? node, string path, List<string> unknown, bool prune)
    {
        if (node is JsonArray list && schema.Items is { } items)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Walk(items, list[i], $"{path}[{i}]", unknown, prune);
            }
        }

        if (node is not JsonObject fields || schema.Type is not SchemaType.Object)
        {
            return;
        }

        foreach (var (name, value) in fields.ToList())
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            if (schema.Field(name) is { } field)
            {
                Walk(field, value, here, unknown, prune);
                continue;
            }

            unknown.Add(here);
            if (prune)
            {
                fields.Remove(name);
            }
        }
    }

    private static void Validate(SchemaNode schema, JsonNode? node, string path, List<StatusCause> causes)
    {
        if (schema.Type == SchemaType.Any || (node is null && schema.IsNullable))
        {
            return;
        }

        if (!HasType(schema.Type, node))
        {
            var (name, text) = (Word(node), node?.ToJsonString() ?? "null");
            causes.Add(new("FieldValueTypeInvalid", $"Invalid value: \"{name}\": {path} in body must be of type {Word(schema.Type)}: {text}", path));
            return;
        }

        foreach (var message in ValueProblems(schema, node, path))
        {
            causes.Add(message);
        }

        if (node is JsonArray list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                Validate(schema.Items ?? SchemaNode.Anything, list[i], $"{path}[{i}]", causes);
            }
        }
        else if (node is JsonObject fields)
        {
            causes.AddRange(schema.Required.Where(name => !fields.ContainsKey(name))
                .Select(name => new StatusCause("FieldValueRequired", "Required value", Join(path, name))));
            foreach (var (name, value) in fields)
            {
                Validate(schema.Field(name) ?? SchemaNode.Anything, value, Join(path, name), causes);
            }
        }
    }

    private static IEnumerable<StatusCause> ValueProblems(SchemaNode schema, JsonNode? node, string path)
    {
        var text = node?.ToJsonString(JsonAccess.Output) ?? "null";
        if (schema.Enum.Count > 0 && !schema.Enum.Any(allowed => JsonNode.DeepEquals(allowed, node)))
        {
            var supported = string.Join(", ", schema.Enum.Select(allowed => allowed?.ToJsonString()));
            yield return new("FieldValueNotSupported", $"Unsupported value: {text}: supported values: {supported}", path);
        }

        if (schema.Pattern is { } pattern && node.Text() is { } word && !pattern.IsMatch(word))
        {
            yield return new("FieldValueInvalid", $"Invalid value: {text}: {path} in body should match '{pattern}'", path);
        }

        if (node is JsonValue number && number.TryGetValue<double>(out var value))
        {
            if (value < schema.Minimum)
            {
                yield return new("FieldValueInvalid", $"Invalid value: {text}: {path} in body should be greater than or equal to {schema.Minimum}", path);
            }

            if (value > schema.Maximum)
            {
                yield return new("FieldValueInvalid", $"Invalid value: {text}: {path} in body should be less than or equal to {schema.Maximum}", path);
            }
        }

        if (node is JsonArray list && list.Count > schema.MaximumItems)
        {
            yield return new("FieldValueTooMany", $"Too many: {list.Count}: must have at most {schema.MaximumItems} items", path);
        }
    }

    private static bool HasType(SchemaType type, JsonNode? node) => (type, node?.GetValueKind()) switch
    {
        (SchemaType.Object, JsonValueKind.Object) or (SchemaType.Array, JsonValueKind.Array) or (SchemaType.String, JsonValueKind.String) => true,
        (SchemaType.Boolean, JsonValueKind.True or JsonValueKind.False) or (SchemaType.Number, JsonValueKind.Number) => true,
        (SchemaType.Integer, JsonValueKind.Number) => node.Number() is not null,
        (SchemaType.IntOrString, JsonValueKind.String) => true,
        (SchemaType.IntOrString, JsonValueKind.Number) => node.Number() is not null,
        _ => false,
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Word(SchemaType type) => type == SchemaType.IntOrString ? "integer,string" : type.ToString().ToLowerInvariant();

    private static string Word(JsonNode? node) => node?.GetValueKind() switch
    {
        null => "null",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => node.Number() is null ? "number" : "integer",
        var kind => kind.Value.ToString().ToLowerInvariant(),
    };
}
