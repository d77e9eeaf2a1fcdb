using System.Globalization;
using System.Text;

namespace Slipway.Tests.Spec;

/// <summary>What no mutation of a good spec comes upon.</summary>
internal static class BrokenSpecsByHand
{
    public static IEnumerable<BrokenSpec> All =>
    [
        BrokenSpecs.Text("empty", ""),
        BrokenSpecs.Text("only a byte order mark", "\uFEFF"),
        BrokenSpecs.Text("only a comment", "# later\n"),
        BrokenSpecs.Text("only a document marker", "---\n...\n---\n"),
        BrokenSpecs.Text("null", "~\n"),
        BrokenSpecs.Text("a scalar", "cluster\n"),
        BrokenSpecs.Text("a list", "- name: prod\n"),
        BrokenSpecs.Text("two documents", GoodSpecs.Minimal + "\n---\n" + GoodSpecs.Minimal),
        BrokenSpecs.Text("JSON with a comma too many", """{"name": "prod",, "nodes": []}"""),
        BrokenSpecs.Text("another kind of file", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"),
        BrokenSpecs.Text("a machine config", "version: v1alpha1\nmachine: {type: worker}\ncluster: {}\n"),
        BrokenSpecs.Text("deep flow lists", new string('[', 50_000)),
        BrokenSpecs.Text("deep flow lists, closed", new string('[', 20_000) + new string(']', 20_000)),
        BrokenSpecs.Text("deep flow mappings", string.Concat(Enumerable.Repeat("{a: ", 20_000))),
        BrokenSpecs.Text("deep block lists", string.Concat(Enumerable.Repeat("- ", 20_000)) + "x\n"),
        BrokenSpecs.Text("deep block mappings", string.Concat(Enumerable.Range(0, 400).Select(i => new string(' ', i) + "a:\n")) + new string(' ', 400) + "b\n"),
        BrokenSpecs.Text("deep keys", string.Concat(Enumerable.Repeat("? ", 5_000)) + "x\n"),
        BrokenSpecs.Text("a list that holds itself", "name: &x [*x]\n"),
        BrokenSpecs.Text("a mapping that holds itself as key", "&x {*x : 1}\n"),
        BrokenSpecs.Text("a billion laughs", Laughs(9, 12)),
        BrokenSpecs.Text("a billion laughs in values", GoodSpecs.Minimal + "\ncilium:\n  values:\n    " + Laughs(9, 12).TrimEnd().Replace("\n", "\n    ", StringComparison.Ordinal) + "\n"),
        BrokenSpecs.Text("a ladder of aliases", Laughs(1, 3_000)),
        BrokenSpecs.Text("a merge key", GoodSpecs.Minimal.Replace("name: prod", "<<: {secrets: x.yaml}\nname: prod", StringComparison.Ordinal)),
        BrokenSpecs.Text("a merge key in chart values", GoodSpecs.Minimal + "\ncilium: {values: {a: &a {b: 1}, c: {<<: *a}}}\n"),
        BrokenSpecs.Text("an alias to nothing", "name: *prod\n"),
        BrokenSpecs.Text("a huge number", GoodSpecs.Minimal + "\npolicies: {rpc: " + new string('9', 100_000) + "}\n"),
        BrokenSpecs.Text("a huge key", new string('k', 500_000) + ": 1\n"),
        BrokenSpecs.Text("a huge scalar", "name: " + new string('n', 2_000_000) + "\n"),
        BrokenSpecs.Text("many unknown keys", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"key{i.ToString(CultureInfo.InvariantCulture)}: 1\n"))),
        BrokenSpecs.Text("too many values", "a: [" + string.Concat(Enumerable.Repeat("1,", 500_000)) + "]\n"),
        BrokenSpecs.Text("a control character", GoodSpecs.Minimal + "\u0007\n"),
        BrokenSpecs.Text("terminal escapes in a key", "\"\\e[2J\\e]0;owned\\a\": 1\n" + GoodSpecs.Minimal),
        BrokenSpecs.Text("right-to-left override in a value", GoodSpecs.Minimal.Replace("cp1", "cp\u202E1", StringComparison.Ordinal)),
        BrokenSpecs.Text("no-break spaces", GoodSpecs.Minimal.Replace("  - ", "\u00a0 - ", StringComparison.Ordinal)),
        BrokenSpecs.Text("an unclosed quote", GoodSpecs.Minimal + "\nsecrets: \"abc\n"),
        BrokenSpecs.Text("an unclosed list before a key", "name: [prod\nendpoint: x\n"),
        BrokenSpecs.Text("a YAML version from the future", "%YAML 3.0\n---\n" + GoodSpecs.Minimal, mustFail: false),
        BrokenSpecs.Text("an undeclared tag", "name: !x!y prod\n"),
        BrokenSpecs.Text("a git conflict", GoodSpecs.Minimal + "\n<<<<<<< HEAD\nsecrets: a\n=======\nsecrets: b\n>>>>>>> theirs\n"),
        new("NUL bytes", new byte[4096], MustFail: true),
        new("an ELF file", [0x7f, .. "ELF"u8, 2, 1, 1, 0, .. new byte[64]], MustFail: true),
        new("a gzip file", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x4c, 0x4a, 6], MustFail: true),
        new("UTF-16", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(GoodSpecs.Minimal)).ToArray(), MustFail: true),
        new("Latin-1", Encoding.Latin1.GetBytes(GoodSpecs.Minimal.Replace("prod", "pröd", StringComparison.Ordinal)), MustFail: true),
        new("every byte", [.. Enumerable.Range(0, 256).Select(value => (byte)value)], MustFail: true),
        .. Noise(),
    ];

    private static string Laughs(int width, int height)
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < height; i++)
        {
            var aliases = string.Join(", ", Enumerable.Repeat(string.Create(CultureInfo.InvariantCulture, $"*a{i - 1}"), width));
            text.Append(CultureInfo.InvariantCulture, $"a{i}: &a{i} [{aliases}]\n");
        }

        return text.ToString();
    }

    /// <summary>Characters that mean something in YAML, in a fixed disorder.</summary>
    private static IEnumerable<BrokenSpec> Noise()
    {
        const string alphabet = "ab:-?[]{},&*!|>'\"%@# \n\t<=~0";
        var state = 12345u;
        for (var n = 0; n < 40; n++)
        {
            var text = new StringBuilder();
            for (var i = 0; i < 200; i++)
            {
                // Numerical Recipes' linear congruence: the corpus must be the same on every machine.
                state = (state * 1664525) + 1013904223;
                text.Append(alphabet[(int)(state >> 16) % alphabet.Length]);
            }

            yield return BrokenSpecs.Text(string.Create(CultureInfo.InvariantCulture, $"noise {n}"), text.ToString());
        }
    }
}
