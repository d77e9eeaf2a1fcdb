using Slipway.Core.Versions;
using Slipway.Extension.Manifests;

namespace Slipway.Tests.Extension.Manifests;

public sealed class CompatibilityRangeTests
{
    [Theory]
    [InlineData(">= v1.10.0", "v1.10.0", true)]
    [InlineData(">= v1.10.0", "v1.9.9", false)]
    [InlineData(">=1.12.0 <1.14.0", "v1.13.9", true)]
    [InlineData(">=1.12.0 <1.14.0", "v1.14.0-rc.1", false)]
    [InlineData(">=1.12.0<1.14.0", "v1.13.9", true)]
    [InlineData("1.13.1", "v1.13.1", true)]
    [InlineData("= 1.13.1", "v1.13.2", false)]
    [InlineData("!1.13.1", "v1.13.1", false)]
    [InlineData("1.12.x", "v1.12.7", true)]
    [InlineData("1.12.x", "v1.13.0", false)]
    [InlineData(">1.12.x", "v1.13.0", true)]
    [InlineData("<=1.12.x", "v1.12.9", true)]
    [InlineData("<1.11.0 || >=1.13.0", "v1.13.0", true)]
    [InlineData("<1.11.0 || >=1.13.0", "v1.12.0", false)]
    public void It_means_what_it_means_to_Talos(string text, string talos, bool holds)
    {
        Assert.True(CompatibilityRange.TryParse(text, out var range, out _));
        Assert.Equal(holds, range.Holds(ReleaseVersion.Parse(talos)));
    }

    [Theory]
    [InlineData("")]
    [InlineData(">= 1.12")]
    [InlineData("1.12.0 ||")]
    [InlineData(">=")]
    [InlineData("latest")]
    [InlineData(">= 01.2.0")]
    [InlineData("~1.2.0")]
    public void What_Talos_cannot_read_is_told(string text)
    {
        Assert.False(CompatibilityRange.TryParse(text, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
