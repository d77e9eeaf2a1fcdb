using CsCheck;
using Slipway.Core.Diagnostics;
using Slipway.Core.Yaml;
using YamlDotNet.RepresentationModel;

namespace Slipway.Tests.Yaml;

public sealed class YamlScalarsTests
{
    [Theory]
    [InlineData("prod", "prod")]
    [InlineData("10.0.0.11", "10.0.0.11")]
    [InlineData("1.16.19", "1.16.19")]
    [InlineData("https://10.0.0.10:6443", "https://10.0.0.10:6443")]
    [InlineData("eui.0025388b710116a1", "eui.0025388b710116a1")]
    [InlineData("0042", "\"0042\"")]
    [InlineData("1.5", "\"1.5\"")]
    [InlineData("1e3", "\"1e3\"")]
    [InlineData("yes", "\"yes\"")]
    [InlineData("null", "\"null\"")]
    [InlineData("", "\"\"")]
    [InlineData("52:54:00:11:22:33", "\"52:54:00:11:22:33\"")]
    [InlineData("2026-01-31", "\"2026-01-31\"")]
    [InlineData("a: b", "\"a: b\"")]
    [InlineData("- a", "\"- a\"")]
    [InlineData("a\"b\n", "\"a\\\"b\\u000A\"")]
    public void Text_is_quoted_where_a_YAML_reader_would_take_it_for_something_else(string text, string written) =>
        Assert.Equal(written, YamlScalars.Write(text));

    [Fact]
    public void What_is_written_is_read_as_the_same_text() =>
        Gen.String[Gen.Char["ab01 .:-#,[]{}&*!|>'\"%@`~\n\t\\\u0007\u0085\u2028é€<=?"], 0, 12].Sample(text =>
        {
            var findings = new List<Diagnostic>();
            var root = (YamlMappingNode)YamlText.Load("f", $"key: {YamlScalars.Write(text)}\n", findings)[0];
            var scalar = (YamlScalarNode)root.Children["key"];
            return scalar.Value == text && YamlScalars.KindOf(scalar) == YamlScalarKind.Text;
        });
}
