using Slipway.Core.Versions;

namespace Slipway.Tests.Versions;

public sealed class ReleaseTablesTests
{
    [Theory]
    [InlineData("1.10.0", "1.28.0", "1.33.9", "1.34.0")]
    [InlineData("1.12.4", "1.30.0", "1.35.0", "1.36.0")]
    [InlineData("1.14.0-rc.1", "1.32.0", "1.37.1", "1.31.9")]
    public void A_Talos_line_supports_a_range_of_Kubernetes(string talos, string oldest, string newest, string outside)
    {
        var release = TalosRelease.Of(ReleaseVersion.Parse(talos))!;

        Assert.Equal((true, true, false), (release.Supports(ReleaseVersion.Parse(oldest)), release.Supports(ReleaseVersion.Parse(newest)), release.Supports(ReleaseVersion.Parse(outside))));
    }

    [Fact]
    public void Lines_that_nobody_looked_at_are_unknown() =>
        Assert.Equal((null, null), (TalosRelease.Of(new ReleaseVersion(1, 9, 6)), CiliumRelease.Of(new ReleaseVersion(1, 15, 0))));

    [Fact]
    public void The_default_installer_is_one_that_is_published()
    {
        Assert.Equal("ghcr.io/siderolabs/installer:v1.13.9", TalosRelease.DefaultInstaller(new ReleaseVersion(1, 13, 9)));
        Assert.StartsWith("factory.talos.dev/metal-installer/", TalosRelease.DefaultInstaller(new ReleaseVersion(1, 14, 0)), StringComparison.Ordinal);
    }

    [Fact]
    public void Cilium_1_16_was_tested_up_to_Kubernetes_1_30()
    {
        var release = CiliumRelease.Of(new ReleaseVersion(1, 16, 19))!;

        Assert.Equal((true, false), (release.WasTestedOn(new ReleaseVersion(1, 30, 4)), release.WasTestedOn(new ReleaseVersion(1, 31, 0))));
    }
}
