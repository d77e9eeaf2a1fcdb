using System.Text.Json.Nodes;
using CsCheck;
using Slipway.Core.Cilium;
using Slipway.Core.Diagnostics;

namespace Slipway.Tests.Cilium;

public sealed class ValuesYamlTests
{
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String,
        Gen.OneOf(((string[])["8000", "true", "yes", "null", "~", "", " a ", "a: b", "# c", "- d", "1e3", "0x10", "*x", "&y", "\n\t\r", "a\u0085b", "\u2028", "\ud83d\ude80"]).Select(text => Gen.Const(text)).ToArray()));

    private static Gen<JsonNode?> Node(int depth) => depth == 0 ? Leaf : Gen.OneOf(
        Leaf,
        Node(depth - 1).List[0, 3].Select(items => (JsonNode?)new JsonArray([.. items])),
        Map(depth - 1).Select(map => (JsonNode?)map));

    private static Gen<JsonObject> Map(int depth) => Gen.Select(s_text, Node(depth)).List[0, 4].Select(entries =>
    {
        var map = new JsonObject();
        foreach (var (key, value) in entries)
        {
            map[key == "<<" ? "<" : key] = value?.DeepClone();
        }

        return map;
    });

    private static Gen<JsonNode?> Leaf { get; } = Gen.OneOf(
        s_text.Select(text => (JsonNode?)JsonValue.Create(text)),
        Gen.Long.Select(number => (JsonNode?)JsonValue.Create(number)),
        Gen.Bool.Select(flag => (JsonNode?)JsonValue.Create(flag)),
        Gen.Const((JsonNode?)null));

    [Fact]
    public void What_is_written_as_YAML_reads_back_as_the_same_tree() =>
        // Lone surrogates are no text that a file could hold.
        Map(3).Where(map => !map.ToJsonString().Contains("\\uD", StringComparison.OrdinalIgnoreCase) || IsWellFormed(map)).Sample(map =>
        {
            var findings = new List<Diagnostic>();
            var (read, _) = YamlValues.Read("v", ValuesYaml.Write(map), 0, findings);
            return findings.TrueForAll(finding => finding.Severity != Severity.Error) && JsonNode.DeepEquals(map, read);
        }, iter: 2000);

    [Fact]
    public void Nested_lists_and_maps_are_written_as_blocks()
    {
        var map = new JsonObject { ["a"] = new JsonArray(new JsonObject { ["b"] = 1, ["c"] = new JsonArray("x", new JsonArray(2)) }), ["d"] = new JsonObject() };

        Assert.Equal("a:\n  - b: 1\n    c:\n      - x\n      -\n        - 2\nd: {}\n", CiliumValues.ToYaml(map));
    }

    private static bool IsWellFormed(JsonNode? node) => node switch
    {
        JsonObject map => map.All(entry => WellFormed(entry.Key) && IsWellFormed(entry.Value)),
        JsonArray list => list.All(IsWellFormed),
        JsonValue value when value.TryGetValue<string>(out var text) => WellFormed(text),
        _ => true,
    };

    private static bool WellFormed(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
