using Slipway.Core.Spec;

namespace Slipway.Tests.Spec;

public sealed class SpecTextTests
{
    [Theory]
    [InlineData("a: 1\nxdp:\n  mode: observe # for now\nb: 2\n", "a: 1\nxdp:\n  mode: enforce # for now\nb: 2\n")]
    [InlineData("xdp: {mode: 'observe'}\n", "xdp: {mode: enforce}\n")]
    [InlineData("xdp:\n  other: 1\n", "xdp:\n  mode: enforce\n  other: 1\n")]
    [InlineData("xdp: {other: 1}\n", "xdp: {mode: enforce, other: 1}\n")]
    [InlineData("# mine\na: 1\n", "# mine\na: 1\nxdp:\n  mode: enforce\n")]
    public void Only_the_mode_is_another_one(string before, string after) => Assert.Equal(after, SpecText.WithXdpMode("cluster.yaml", before, XdpMode.Enforce));

    [Theory]
    [InlineData("xdp: [")]
    [InlineData("xdp: text")]
    [InlineData("{a: 1}")]
    [InlineData("")]
    public void Where_there_is_no_place_nothing_is_guessed(string text) => Assert.Null(SpecText.WithXdpMode("cluster.yaml", text, XdpMode.Enforce));

    [Fact]
    public void Off_is_text_and_no_boolean() => Assert.Equal("xdp: {mode: \"off\"}", SpecText.WithXdpMode("cluster.yaml", "xdp: {mode: observe}", XdpMode.Off));
}
