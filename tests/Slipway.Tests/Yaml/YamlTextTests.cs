using System.Text;
using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.Yaml;

public sealed class YamlTextTests
{
    [Fact]
    public void Empty_documents_are_skipped()
    {
        var roots = Load("---\n---\na: 1\n--- # nothing\n", out var findings);

        Assert.Empty(findings);
        Assert.Equal("a", ((YamlScalarNode)((YamlMappingNode)Assert.Single(roots)).Children[0].Key).Value);
    }

    [Fact]
    public void Scalars_keep_their_text()
    {
        var root = (YamlMappingNode)Load("a: 0644\nb: yes\nc: 12345678901234567890123\nd: \"x\\ny\"\n", out _)[0];

        Assert.Equal(["0644", "yes", "12345678901234567890123", "x\ny"], root.Children.Values.Select(value => ((YamlScalarNode)value).Value));
    }

    [Fact]
    public void Each_key_that_is_given_twice_is_told()
    {
        var roots = Load("a: 1\nb: {c: 1, c: [2, {d: 1, d: 2}]}\na: {b: 1, b: 2}\ne: 5\n", out var findings);

        Assert.Empty(roots);
        Assert.Equal(["2:11 key 'c' is given twice; it stands on line 2 already", "2:25 key 'd' is given twice; it stands on line 2 already", "3:1 key 'a' is given twice; it stands on line 1 already", "3:11 key 'b' is given twice; it stands on line 3 already"],
            findings.Select(finding => $"{finding.Line}:{finding.Column} {finding.Message}"));
    }

    [Fact]
    public void Leniently_the_first_of_two_equal_keys_stays()
    {
        var findings = new List<Diagnostic>();
        var root = (YamlMappingNode)YamlText.LoadLeniently("f", "a: 1\na: {b: [1, 2], b: 3}\nc: 3\n", findings)[0];

        Assert.Equal(["a=1", "c=3"], root.Children.Select(pair => $"{pair.Key}={pair.Value}"));
        Assert.NotEmpty(findings);
    }

    [Theory]
    [InlineData("a: &x [*x]\n", "1:8 alias *x stands inside what it names")]
    [InlineData("a: *y\n", "1:4 alias *y names nothing")]
    [InlineData("a: &x 1\n---\nb: *x\n", "3:4 alias *x names nothing")]
    [InlineData("a: &x [1]\n? *x\n: 1\n", "2:3 alias *x as a key")]
    [InlineData("[a]: 1\n", "1:1 a list or mapping as a key")]
    [InlineData("a: b\n\u0001\n", "2:1 character U+0001 cannot stand in YAML")]
    public void What_would_hurt_a_reader_of_the_nodes_is_refused(string text, string expected)
    {
        Assert.Empty(Load(text, out var findings));

        var finding = Assert.Single(findings);
        Assert.Equal(expected, $"{finding.Line}:{finding.Column} {finding.Message}");
    }

    [Theory]
    [InlineData("a: [b\nb: 1\n")]
    [InlineData("a: 'open\n")]
    [InlineData("a:\n\tb: 1\n")]
    [InlineData("a: 1\n b: 2\n")]
    [InlineData("a: }\n")]
    [InlineData("%YAML 9.9\n---\na: 1\n")]
    [InlineData("a: !!binary |\n x\nb: [")]
    public void Every_syntax_error_has_a_place(string text)
    {
        Assert.Empty(Load(text, out var findings));

        Assert.All(findings, finding => Assert.True(finding.Line > 0 && finding.Column > 0));
        Assert.NotEmpty(findings);
    }

    [Fact]
    public void Nesting_ends_at_the_limit()
    {
        Assert.NotEmpty(Load(Nested(100), out _));
        Assert.Empty(Load(Nested(101), out var findings));
        Assert.Contains("nested more than 100 levels deep", Assert.Single(findings).Message, StringComparison.Ordinal);
        Assert.Empty(Load(Nested(100_000), out _));
    }

    [Fact]
    public void Nesting_through_aliases_counts_too()
    {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (var i = 1; i < 200; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}]\n");
        }

        Assert.Empty(Load(text.ToString(), out var findings));
        Assert.Contains("levels deep when aliases are followed", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_billion_laughs_are_counted_and_refused()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        Assert.Empty(Load(text.ToString(), out var findings));
        Assert.Contains("more than 1,000,000 values", Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_honest_alias_is_followed()
    {
        var root = (YamlMappingNode)Load("a: &x {b: 1}\nc: *x\nd: &x 2\ne: *x\n", out var findings)[0];

        Assert.Empty(findings);
        Assert.Equal("2", root.Children["e"].ToString());
        Assert.Equal(root.Children["a"], root.Children["c"]);
    }

    [Fact]
    public void A_text_beyond_the_limit_is_refused_unread() =>
        Assert.Empty(YamlText.Load("f", new string('[', 11), [], new YamlLimits { Characters = 10 }));

    private static string Nested(int depth) => new string('[', depth) + new string(']', depth) + "\n";

    private static IReadOnlyList<YamlNode> Load(string text, out List<Diagnostic> findings)
    {
        findings = [];
        return YamlText.Load("f", text, findings);
    }
}
