using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Slipway.Cli.Output;

/// <summary>The same document as YAML. Every string is quoted, so that no reader takes a version or "no" for something else.</summary>
internal static class JsonToYaml
{
    public static string Convert(JsonNode node)
    {
        using var text = new StringWriter { NewLine = "\n" };
        new YamlStream(new YamlDocument(Node(node))).Save(text, assignAnchors: false);
        var yaml = text.ToString();
        // YamlStream ends a document with "...", which only matters when another follows.
        return yaml.EndsWith("...\n", StringComparison.Ordinal) ? yaml[..^4] : yaml;
    }

    private static YamlNode Node(JsonNode? node) => node switch
    {
        null => new YamlScalarNode("null"),
        JsonObject map => new YamlMappingNode(map.Select(entry => KeyValuePair.Create<YamlNode, YamlNode>(new YamlScalarNode(entry.Key), Node(entry.Value)))),
        JsonArray list => new YamlSequenceNode(list.Select(Node)),
        _ when node.GetValueKind() == JsonValueKind.String => new YamlScalarNode(node.GetValue<string>()) { Style = ScalarStyle.DoubleQuoted },
        _ => new YamlScalarNode(node.ToJsonString()),
    };
}
