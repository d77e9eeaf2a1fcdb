using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Kubernetes.Json;

/// <summary>Reading and building untyped Kubernetes objects. A path that is not there reads as null, never as an exception.</summary>
internal static class JsonAccess
{
    public static readonly JsonSerializerOptions Output = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    // Schemas in CRDs nest deeper than the default of 64. A duplicate key would surface much later, as an exception of JsonObject.
    private static readonly JsonDocumentOptions Input = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">Not JSON, too deep, or with a duplicate key.</exception>
    public static JsonNode? Parse(ReadOnlySpan<byte> utf8) => JsonNode.Parse(utf8, documentOptions: Input);

    public static byte[] ToUtf8(this JsonNode node) => JsonSerializer.SerializeToUtf8Bytes(node, Output);

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject item && item.TryGetPropertyValue(name, out var child) ? child : null;
        }

        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.Number && long.TryParse(value.ToJsonString(), out var number) ? number : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    /// <summary>The elements of a list that are objects; none when the list is absent.</summary>
    public static IEnumerable<JsonObject> Items(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.OfType<JsonObject>() ?? [];

    public static IEnumerable<string> Texts(this JsonNode? node, params ReadOnlySpan<string> path) =>
        (node.At(path) as JsonArray)?.Select(item => item.Text()).OfType<string>() ?? [];

    /// <summary>The child object of that name, made when it is not there (or is not an object).</summary>
    public static JsonObject Ensure(this JsonObject parent, string name)
    {
        if (parent[name] is JsonObject present)
        {
            return present;
        }

        var made = new JsonObject();
        parent[name] = made;
        return made;
    }

    public static JsonArray EnsureList(this JsonObject parent, string name)
    {
        if (parent[name] is JsonArray present)
        {
            return present;
        }

        var made = new JsonArray();
        parent[name] = made;
        return made;
    }

    public static JsonObject Clone(this JsonObject node) => (JsonObject)node.DeepClone();

    public static JsonArray ToJsonArray(this IEnumerable<JsonNode?> nodes) => new([.. nodes]);

    public static JsonArray ToJsonArray(this IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)JsonValue.Create(text))]);

    /// <summary>RFC 3339 with whole seconds in UTC, as metav1.Time is written.</summary>
    public static string Timestamp(this DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
