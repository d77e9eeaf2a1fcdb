using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Diagnostics;
using Slipway.Core.MachineConfig.Documents;
using Slipway.Core.MachineConfig.Patching;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.MachineConfig;

/// <summary>
/// A config as Talos decodes it, for comparison: documents by name, keys sorted, and no difference between what is absent
/// and what is null or empty. (Talos prints some fields empty that nobody set.)
/// </summary>
internal static class Decoded
{
    private static readonly JsonSerializerOptions s_options = new() { WriteIndented = true, NewLine = "\n" };

    public static string Config(string text)
    {
        var findings = new List<Diagnostic>();
        var documents = MachineConfigText.Parse("decoded", text, findings);
        Assert.Empty(findings);
        var all = new JsonArray([.. documents.OrderBy(document => document.Label, StringComparer.Ordinal)
            .Select(document => new JsonObject { [document.Label] = Node(document.Root) })]);
        return all.ToJsonString(s_options);
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode { Children.Count: > 0 } list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode scalar when NodeComparer.Canonical(scalar) is (not ScalarType.Null, { Length: > 0 } text) canonical => $"{canonical.Type}:{text}",
        _ => null,
    };

    private static JsonObject? Map(YamlMappingNode map)
    {
        var sorted = map.Children
            .Select(pair => KeyValuePair.Create(pair.Key.KeyText(), Node(pair.Value)))
            .Where(pair => pair.Value is not null)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .ToList();
        return sorted.Count == 0 ? null : new JsonObject(sorted);
    }
}
