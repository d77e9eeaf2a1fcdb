using CsCheck;

namespace Slipway.Tests.MachineConfig;

/// <summary>Laws of patching, on generated configs.</summary>
public sealed class PatchPropertyTests
{
    private static readonly Gen<string> s_key = OneOf("net.core.a", "b", "yes", "0644", "null", "with space", "a: b", "ü", "~", "x#y", "- z");

    private static readonly Gen<string> s_text = Gen.Frequency(
        (4, Gen.String[Gen.Char["abz019 .:-#{}[],&*!|>'\"%@`~=/\\\n\té\u2028"], 0, 12]),
        (1, OneOf("true", "null", "1e3", "0x10", "12345678901234567890", "|", "  lead", "trail  ", "\n", "a\n\nb\n\n", "---", "...", "\u0001", "🚀")));

    private static readonly Gen<Dictionary<string, string>> s_map = Gen.Dictionary(s_key, s_text)[0, 6];

    private static readonly Gen<string> s_config =
        from sysctls in s_map
        from env in s_map
        from sans in s_text.List[0, 4]
        from content in s_text
        select $"version: v1alpha1\nmachine:\n  sysctls: {Flow(sysctls)}\n  env: {Flow(env)}\n  certSANs: [{string.Join(", ", sans.Select(Quote))}]\n"
            + $"  files:\n    - content: {Quote(content)}\n      path: /x\n  kubelet: {{extraArgs: {{}}}}\n---\napiVersion: v1alpha1\nkind: OOMConfig\nsampleInterval: 1s\n";

    [Fact]
    public void An_empty_patch_is_the_identity() => s_config.Sample(config =>
        Assert.Equal(Decoded.Config(config), Decoded.Config(Patched.Apply(config, "", "machine: {}\n", "# nothing\n---\n"))));

    [Fact]
    public void What_is_written_reads_back_the_same_and_writing_it_again_changes_nothing() => s_config.Sample(config =>
    {
        var once = Patched.Apply(config);
        Assert.Equal(Decoded.Config(config), Decoded.Config(once));
        Assert.Equal(once, Patched.Apply(once));
    });

    [Fact]
    public void A_patch_of_maps_twice_is_the_patch_once() => Gen.Select(s_config, s_map).Sample((config, map) =>
    {
        var patch = $"machine:\n  sysctls: {Flow(map)}\n  kubelet: {{extraArgs: {Flow(map)}}}\n";
        var once = Patched.Apply(config, patch);
        Assert.Equal(once, Patched.Apply(once, patch));
    });

    [Fact]
    public void Adding_and_deleting_the_same_is_the_identity() => Gen.Select(s_config, s_key, s_text).Sample((config, key, text) =>
    {
        var added = Patched.Apply(config, $"machine: {{kubelet: {{extraArgs: {{{Quote(key)}: {Quote(text)}}}}}}}\n---\n{{apiVersion: v1alpha1, kind: LinkConfig, name: eth0, mtu: 9000}}");
        var deleted = Patched.Apply(added, $"machine: {{kubelet: {{extraArgs: {{{Quote(key)}: {{$patch: delete}}}}}}}}\n---\n{{apiVersion: v1alpha1, kind: LinkConfig, name: eth0, $patch: delete}}");
        Assert.Equal(Decoded.Config(config), Decoded.Config(deleted));
    });

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Flow(Dictionary<string, string> map) => $"{{{string.Join(", ", map.Select(pair => $"{Quote(pair.Key)}: {Quote(pair.Value)}"))}}}";

    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
