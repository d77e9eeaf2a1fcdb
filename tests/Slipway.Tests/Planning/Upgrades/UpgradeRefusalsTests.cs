using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;

namespace Slipway.Tests.Planning.Upgrades;

public sealed class UpgradeRefusalsTests
{
    private static readonly BootObservation s_boot = new() { Extensions = [new InstalledExtension("nvme-cli", "1"), new InstalledExtension("amd-ucode", "2")] };

    [Fact]
    public void An_upgrade_that_drops_extensions_is_refused_with_their_names()
    {
        var refusal = Of("1.14.0", s_boot)!;

        Assert.EndsWith("would drop the extensions amd-ucode, nvme-cli", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("talos.dropExtensions", refusal.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_that_the_spec_names_or_gives_up_are_no_obstacle() =>
        Assert.Null(Of("1.14.0", s_boot, extensions: ["siderolabs/nvme-cli"], drop: ["amd-ucode"]));

    [Theory]
    [InlineData("1.13.9", "1.13.2", null)]
    [InlineData("1.13.2", "1.13.9", null)]
    [InlineData("1.12.0", "1.14.0", null)]
    [InlineData("1.11.6", "1.14.0", "does not upgrade nodes of 1.11")]
    [InlineData("1.13.9", "1.12.11", "is an older line than")]
    public void Only_steps_that_Talos_takes_are_taken(string from, string to, string? refusal)
    {
        var found = Of(to, new BootObservation(), from);

        Assert.Equal(refusal is null, found is null);
        Assert.Contains(refusal ?? "", found?.Message ?? "", StringComparison.Ordinal);
    }

    private static UpgradeRefusal? Of(string talos, BootObservation boot, string runs = "1.13.9", string[]? extensions = null, string[]? drop = null)
    {
        var desired = UpgradePlannerTests.Desired(talos);
        var spec = desired.Spec with { Extensions = extensions ?? [], DropExtensions = drop ?? [] };
        return UpgradeRefusals.Of(spec, spec.Nodes[0], UpgradePlannerTests.Seen(desired, boot, runs));
    }
}
