using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>
/// Reads a JSON patch that is written as JSON into nodes. A YAML parser reads most JSON too, but not surrogate pairs in
/// escapes, nor tabs as indentation.
/// </summary>
internal static class JsonPatchReader
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 100 };

    /// <summary>The list of operations, or null when the text is not a JSON array.</summary>
    public static YamlSequenceNode? FromJson(string text)
    {
        if (!text.AsSpan().TrimStart().StartsWith("["))
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(text, s_options);
            return (YamlSequenceNode)Node(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // Not JSON after all (or text with half a surrogate pair): perhaps it is YAML in flow style, which has findings of its own.
            return null;
        }
    }

    private static YamlNode Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                var map = new YamlMappingNode();
                foreach (var property in element.EnumerateObject())
                {
                    // The last of equal names wins, as in Go's decoder.
                    map.Children[new YamlScalarNode(property.Name) { Style = ScalarStyle.Plain }] = Node(property.Value);
                }

                return map;
            case JsonValueKind.Array:
                return new YamlSequenceNode(element.EnumerateArray().Select(Node));
            case JsonValueKind.String:
                return new YamlScalarNode(element.GetString()) { Style = ScalarStyle.DoubleQuoted };
            case JsonValueKind.Null:
                return new YamlScalarNode("null") { Style = ScalarStyle.Plain };
            default:
                return new YamlScalarNode(element.GetRawText()) { Style = ScalarStyle.Plain };
        }
    }
}
