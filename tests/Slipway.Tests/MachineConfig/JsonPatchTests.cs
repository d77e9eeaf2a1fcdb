namespace Slipway.Tests.MachineConfig;

/// <summary>RFC 6902, in JSON and in YAML.</summary>
public sealed class JsonPatchTests
{
    [Theory]
    [InlineData("""[{"op": "add", "path": "/machine/certSANs/-", "value": "c"}]""", "machine: {certSANs: [a, b, c], sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "add", "path": "/machine/certSANs/0", "value": "c"}]""", "machine: {certSANs: [c, a, b], sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "add", "path": "/machine/certSANs/2", "value": "c"}]""", "machine: {certSANs: [a, b, c], sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "remove", "path": "/machine/certSANs/-1"}]""", "machine: {certSANs: [a], sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "replace", "path": "/machine/sysctls/x~1y", "value": "2"}]""", "machine: {certSANs: [a, b], sysctls: {x/y: '2'}}")]
    [InlineData("""[{"op": "move", "from": "/machine/sysctls", "path": "/machine/sysfs"}]""", "machine: {certSANs: [a, b], sysfs: {x/y: '1'}}")]
    [InlineData("""[{"op": "copy", "from": "/machine/certSANs/1", "path": "/machine/certSANs/0"}]""", "machine: {certSANs: [b, a, b], sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "test", "path": "/machine/certSANs", "value": ["a", "b"]}, {"op": "remove", "path": "/machine/certSANs"}]""", "machine: {sysctls: {x/y: '1'}}")]
    [InlineData("""[{"op": "test", "path": "/machine/token", "value": null}, {"op": "add", "path": "/machine/token", "value": "\ud83d\ude80\t"}]""", "machine: {certSANs: [a, b], sysctls: {x/y: '1'}, token: \"\U0001F680\\t\"}")]
    [InlineData("- {op: add, path: /machine/certSANs, value: [z]}", "machine: {certSANs: [z], sysctls: {x/y: '1'}}")]
    [InlineData("- op: add\n  path: /cluster\n  value: {proxy: {disabled: true}}", "{machine: {certSANs: [a, b], sysctls: {x/y: '1'}}, cluster: {proxy: {disabled: true}}}")]
    [InlineData("[]", "machine: {certSANs: [a, b], sysctls: {x/y: '1'}}")]
    public void Operations_do_what_the_RFC_says(string patch, string expected) =>
        Assert.Equal(Decoded.Config(expected), Decoded.Config(Patched.Apply("machine: {certSANs: [a, b], sysctls: {x/y: '1'}}", patch)));

    [Theory]
    [InlineData("""[{"op": "remove", "path": "/machine/nothing"}]""", "remove failed: there is no /machine/nothing")]
    [InlineData("""[{"op": "replace", "path": "/machine/nothing", "value": 1}]""", "replace failed")]
    [InlineData("""[{"op": "add", "path": "/machine/a/b", "value": 1}]""", "('a' is missing)")]
    [InlineData("""[{"op": "add", "path": "/machine/certSANs/7", "value": 1}]""", "the list has 1 elements")]
    [InlineData("""[{"op": "add", "path": "machine", "value": 1}]""", "does not start with /")]
    [InlineData("""[{"op": "test", "path": "/machine/token", "value": "guess"}]""", "the value at /machine/token is another")]
    [InlineData("""[{"op": "test", "path": "/machine/certSANs", "value": [1]}]""", "is another")]
    [InlineData("""[{"op": "move", "from": "/machine", "path": "/machine/a"}]""", "cannot be moved into itself")]
    [InlineData("""[{"op": "replace", "path": "", "value": [1]}]""", "the config would become a list")]
    [InlineData("""[{"op": "remove", "path": ""}]""", "cannot be removed")]
    [InlineData("""[{"op": "merge", "path": "/machine"}]""", "unknown operation 'merge'")]
    [InlineData("""[{"op": "add", "path": "/machine"}]""", "add has no value")]
    [InlineData("""[{"op": "copy", "path": "/machine"}]""", "copy has no from")]
    [InlineData("""[{"path": "/machine"}]""", "no op")]
    [InlineData("[1]", "an operation is a map")]
    public void What_fails_is_told(string patch, string message)
    {
        var error = Patched.Error("machine: {token: hidden, certSANs: ['1']}", patch);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Even_an_empty_JSON_patch_is_refused_on_several_documents() =>
        Assert.Contains("v1alpha1, OOMConfig", Patched.Error("machine: {}\n---\n{apiVersion: v1alpha1, kind: OOMConfig}", "[]").Message, StringComparison.Ordinal);
}
