using Slipway.Core.Versions;

namespace Slipway.Tests.Versions;

public sealed class ReleaseVersionTests
{
    [Theory]
    [InlineData("v1.14.0-rc.1", "1.14.0")]
    [InlineData("1.13.9", "v1.14.0-alpha.0")]
    [InlineData("1.14.0-rc.2", "1.14.0-rc.10")]
    [InlineData("1.9.6", "1.10.0")]
    public void Versions_sort_as_SemVer_says(string lower, string higher) =>
        Assert.True(ReleaseVersion.Parse(lower) < ReleaseVersion.Parse(higher));

    [Theory]
    [InlineData("")]
    [InlineData("1.13")]
    [InlineData("v1.13.x")]
    [InlineData("1.13.99999999999")]
    public void What_is_no_version_is_refused(string text) => Assert.False(ReleaseVersion.TryParse(text, out _));
}
