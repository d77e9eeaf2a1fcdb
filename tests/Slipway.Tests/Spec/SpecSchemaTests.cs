using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Slipway.Core.Spec;
using Slipway.Core.Spec.Shapes;

namespace Slipway.Tests.Spec;

public sealed class SpecSchemaTests
{
    private static readonly JsonNode Schema = JsonNode.Parse(SpecSchema.Json())!;

    [Fact]
    public void It_is_a_schema_of_draft_2020_12_that_ends_with_a_line() =>
        Assert.Equal(("https://json-schema.org/draft/2020-12/schema", '\n'), (Schema["$schema"]!.GetValue<string>(), SpecSchema.Json()[^1]));

    [Fact]
    public void Every_key_has_a_sentence_and_no_mapping_takes_others()
    {
        foreach (var mapping in Nodes(Schema).OfType<JsonObject>().Where(node => node["properties"] is not null))
        {
            Assert.False(mapping["additionalProperties"]!.GetValue<bool>());
            Assert.All(mapping["properties"]!.AsObject(), property => Assert.EndsWith(".", property.Value!["description"]!.GetValue<string>().TrimEnd('…') + ".", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_default_that_is_written_out_changes_nothing()
    {
        // Each default of the table is put into a spec that lacks it; the reader must fill in the same.
        var plain = SpecReader.Read("c", GoodSpecs.Minimal).Spec!;
        var text = GoodSpecs.Minimal.Replace("network: {operatorCIDRs: [192.0.2.0/24]}", "network: " + Defaults("network", "operatorCIDRs: [192.0.2.0/24]"), StringComparison.Ordinal)
            .Replace("install: {disk: /dev/sda}", "install: {disk: /dev/sda, wipe: false}, " + Defaults("nodes", "")[1..^1], StringComparison.Ordinal)
            + string.Concat(new[] { "configs", "patches", "cilium", "policies", "xdp" }.Select(key => $"\n{key}: {Defaults(key, "")}"))
            + $"\nsecrets: {ClusterShape.Root.Find("secrets")!.Default}\n";

        var result = SpecReader.Read("c", text);

        Assert.Empty(result.Findings);
        // "values: {}" is an empty override, and none is the same to helm.
        Assert.Equivalent(plain, result.Spec! with { Cilium = result.Spec.Cilium with { ValuesOverride = null, ValuesOverrideLine = 0 } }, strict: true);
    }

    [Fact]
    public void Every_pattern_accepts_its_own_example()
    {
        foreach (var node in Nodes(Schema).OfType<JsonObject>().Where(node => node["pattern"] is not null && node["examples"] is not null))
        {
            Assert.Matches(new Regex(node["pattern"]!.GetValue<string>(), RegexOptions.ECMAScript), node["examples"]![0]!.GetValue<string>());
        }
    }

    [Fact]
    public void Every_key_of_the_table_is_in_the_complete_spec()
    {
        // The complete spec is what the other tests spoil: a key that is not in it would go untested.
        // Archives go with a Talos that its Kubernetes does not go with; SpecRulesTests spoils them by themselves.
        var missing = Keys(ClusterShape.Root).Except(["repository", "folder", "archive", "standIn", "installerArchive"]).Where(key => !GoodSpecs.Complete.Contains($"{key}:", StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static string Defaults(string section, string more)
    {
        var shape = ClusterShape.Root.Find(section)!.Shape;
        var mapping = (MappingShape)(shape is ListShape list ? list.Item : shape);
        var pairs = mapping.Keys.Where(key => key.Default is not null && !more.Contains(key.Name, StringComparison.Ordinal)).Select(key => $"{key.Name}: {key.Default}");
        var inner = mapping.Keys.Where(key => key.Default is null && key.Shape is MappingShape { ExactlyOne.Count: 0 } && !key.Required && section == "policies").Select(key => $"{key.Name}: {{{string.Join(", ", ((MappingShape)key.Shape).Keys.Select(child => $"{child.Name}: {child.Default}"))}}}");
        return $"{{{string.Join(", ", pairs.Concat(inner).Append(more).Where(text => text.Length > 0))}}}";
    }

    private static IEnumerable<string> Keys(ValueShape shape) => shape switch
    {
        MappingShape mapping => mapping.Keys.SelectMany(key => Keys(key.Shape).Prepend(key.Name)),
        ListShape list => Keys(list.Item),
        MapShape map => Keys(map.Value),
        _ => [],
    };

    private static IEnumerable<JsonNode?> Nodes(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(pair => Nodes(pair.Value)).Prepend(map),
        JsonArray list => list.SelectMany(Nodes).Prepend(list),
        _ => [node],
    };
}
