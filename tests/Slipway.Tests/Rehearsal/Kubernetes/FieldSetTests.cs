using System.Text.Json.Nodes;
using CsCheck;
using Slipway.Rehearsal.Kubernetes.Patching;
using Slipway.Rehearsal.Kubernetes.Schemas;

namespace Slipway.Tests.Rehearsal.Kubernetes;

public sealed class FieldSetTests
{
    private static readonly Gen<string> Name = Gen.Int[0, 4].Select(i => new[] { "name", "image", "data", "x", "y" }[i]);

    private static readonly Gen<JsonNode> Value = Gen.Recursive<JsonNode>((depth, inner) => depth > 3
        ? Gen.Int[0, 3].Select(number => (JsonNode)JsonValue.Create(number))
        : Gen.OneOf(
            Gen.Int[0, 3].Select(number => (JsonNode)JsonValue.Create(number)),
            Gen.Dictionary(Name, inner)[0, 4].Select(fields => (JsonNode)new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.DeepClone()))))));

    private static readonly Gen<FieldSet> Set = Gen.Dictionary(Name, Value)[1, 4]
        .Select(fields => FieldSet.Of(SchemaNode.Anything, new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)field.Value.DeepClone())))));

    [Fact]
    public void Reads_what_it_wrote() =>
        Set.Sample(set => FieldSet.Parse(set.ToJson()).ToJson().ToJsonString() == set.ToJson().ToJsonString());

    [Fact]
    public void A_union_has_all_of_both_and_without_one_nothing_is_left_but_the_other() =>
        Gen.Select(Set, Set).Sample((a, b) =>
            a.Except(a.Union(b)).IsEmpty && b.Except(a.Union(b)).IsEmpty && a.Union(b).Except(a).Except(b).IsEmpty);

    [Fact]
    public void Intersection_and_difference_make_the_whole() =>
        Gen.Select(Set, Set).Sample((a, b) => a.Intersect(b).Union(a.Except(b)).ToJson().ToJsonString() == a.ToJson().ToJsonString());

    [Fact]
    public void Elements_of_a_keyed_list_are_named_by_their_keys_and_a_port_is_tcp_by_default()
    {
        var service = JsonNode.Parse("""{"spec":{"ports":[{"port":80,"name":"http"}]}}""");
        var fields = FieldSet.Of(BuiltInSchemas.Of("Service"), service);
        Assert.Equal("""{"f:spec":{"f:ports":{"k:{\"port\":80,\"protocol\":\"TCP\"}":{".":{},"f:name":{},"f:port":{}}}}}""",
            fields.ToJson().ToJsonString(Slipway.Rehearsal.Kubernetes.Json.JsonAccess.Output));
    }
}
