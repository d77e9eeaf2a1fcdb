using System.Text.Json.Nodes;
using CsCheck;
using Slipway.Core.Planning;

namespace Slipway.Tests.Planning;

public sealed class ManifestComparisonTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"a":1,"status":{}}""", true)]
    [InlineData("""{"a":{"b":[1,{"c":"x"}]}}""", """{"a":{"b":[1,{"c":"x","d":0}],"e":1}}""", true)]
    [InlineData("""{"a":[1,2]}""", """{"a":[1,2,3]}""", false)]
    [InlineData("""{"a":[1,2]}""", """{"a":[2,1]}""", false)]
    [InlineData("""{"a":1}""", """{"a":"1"}""", false)]
    [InlineData("""{"a":1}""", """{}""", false)]
    [InlineData("""{"a":{}}""", """{}""", true)]
    [InlineData("""{"endpointSelector":{}}""", """{}""", false)]
    [InlineData("""{"endpointSelector":{}}""", """{"endpointSelector":{}}""", true)]
    [InlineData("""{"a":null}""", """{}""", true)]
    [InlineData("""{"a":{"b":1}}""", """{"a":[1]}""", false)]
    [InlineData("""{"a":8002}""", """{"a":8002.0}""", true)]
    public void Live_covers_desired_when_all_of_it_is_there(string desired, string live, bool covers) =>
        Assert.Equal(covers, ManifestComparison.Covers(Parse(desired), Parse(live)));

    [Fact]
    public void The_first_difference_is_named() =>
        Assert.Equal("spec.ingress[1].x", ManifestComparison.FirstDifference(Parse("""{"spec":{"ingress":[{},{"x":1}]}}"""), Parse("""{"spec":{"ingress":[{},{"x":2}]}}""")));

    [Fact]
    public void Whatever_the_server_adds_an_object_covers_itself() =>
        Gen.Select(Gen.String[1, 5], Gen.Int).List[0, 6].Sample(fields =>
        {
            var desired = new JsonObject();
            foreach (var (key, value) in fields)
            {
                desired[key] = value;
            }

            var live = (JsonObject)desired.DeepClone();
            live["status\n"] = new JsonObject { ["added"] = "by the server" };
            return ManifestComparison.Covers(desired, desired) && ManifestComparison.Covers(desired, live) && !ManifestComparison.Covers(live, desired);
        });

    private static JsonObject Parse(string json) => (JsonObject)JsonNode.Parse(json)!;
}
