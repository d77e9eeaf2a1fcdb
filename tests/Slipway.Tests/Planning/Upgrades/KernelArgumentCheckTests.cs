using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;

namespace Slipway.Tests.Planning.Upgrades;

public sealed class KernelArgumentCheckTests
{
    private static readonly ProfileSpec s_profile = new() { Name = "p", KernelArgs = ["nowatchdog", "iommu.passthrough=1"] };

    private static readonly string s_id = new Schematic { KernelArguments = s_profile.KernelArgs }.Id;

    [Fact]
    public void What_is_on_the_command_line_has_arrived() => Assert.Empty(Missing("pti=on iommu.passthrough=1 nowatchdog", id: s_id));

    [Fact]
    public void Only_whole_words_count() => Assert.Equal(2, Missing("xnowatchdog iommu.passthrough=10", id: s_id).Count);

    [Fact]
    public void A_node_that_tells_no_command_line_is_not_blamed() => Assert.Empty(Missing(null, id: s_id));

    [Theory]
    [InlineData("1.13.9", true, null, "the node runs an image without a schematic, not ")]
    [InlineData("1.13.9", true, "abc", "the node runs schematic abc, not ")]
    [InlineData("1.13.9", true, "own", "the node's image has it, yet the node did not boot with it")]
    [InlineData("1.11.6", false, "own", "the node boots by GRUB, which up to Talos 1.11 takes arguments from the machine config alone: say bootloader: grub in its profile")]
    [InlineData("1.12.11", false, "own", "the node's image has it, yet the node did not boot with it")]
    public void Each_missing_argument_has_its_reason(string talos, bool uki, string? schematic, string why) =>
        Assert.All(Missing("pti=on", talos, uki, schematic == "own" ? s_id : schematic), missing => Assert.StartsWith($"{missing.Argument} did not arrive: {why}", missing.ToString(), StringComparison.Ordinal));

    [Fact]
    public void Another_value_of_the_same_name_is_told() =>
        Assert.Contains("the command line says iommu.passthrough=0 instead", Assert.Single(Missing("nowatchdog iommu.passthrough=0", id: s_id)).Why, StringComparison.Ordinal);

    [Fact]
    public void On_GRUB_the_config_counts_at_the_next_upgrade_and_on_a_unified_image_never()
    {
        var grub = s_profile with { BootLoader = BootLoader.Grub };

        Assert.Contains("it counts after the next upgrade", Missing("pti=on", "1.11.6", uki: false, s_id, grub)[0].Why, StringComparison.Ordinal);
        Assert.Contains("say bootloader: uki", Missing("pti=on", "1.11.6", uki: true, s_id, grub)[0].Why, StringComparison.Ordinal);
    }

    [Fact]
    public void An_own_installer_has_to_be_built_anew() => Assert.Contains(
        "the installer registry.local/installer:v1.13.9 does not carry it",
        Missing("pti=on", profile: s_profile with { InstallerImage = "registry.local/installer:v1.13.9" })[0].Why,
        StringComparison.Ordinal);

    private static IReadOnlyList<MissingArgument> Missing(string? cmdline, string talos = "1.13.9", bool uki = true, string? id = null, ProfileSpec? profile = null)
    {
        var desired = UpgradePlannerTests.Desired(talos, profile ?? s_profile);
        return KernelArgumentCheck.Missing(
            desired.Spec, desired.Spec.Nodes[0], UpgradePlannerTests.Seen(desired, new BootObservation { Cmdline = cmdline, Uki = uki, SchematicId = id }, talos));
    }
}
