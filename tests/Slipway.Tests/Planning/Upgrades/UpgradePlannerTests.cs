using CsCheck;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning.Upgrades;

public sealed class UpgradePlannerTests
{
    private static readonly ProfileSpec s_quiet = new() { Name = "quiet", KernelArgs = ["iommu.passthrough=1"] };

    [Fact]
    public void A_node_that_runs_what_the_spec_says_needs_nothing() => Assert.Null(Plan(Desired(), new BootObservation()));

    [Fact]
    public void Another_version_needs_an_upgrade_to_the_image_of_that_version()
    {
        var action = Plan(Desired("1.14.0"), new BootObservation())!;

        Assert.Equal($"needs upgrade to factory.talos.dev/metal-installer/{Schematic.Empty.Id}:v1.14.0", action.Summary);
        Assert.Equal((ActionCost.Upgrade, "upgrade"), (action.Cost, action.Phase));
        Assert.Equal(["talos: v1.13.9 -> v1.14.0"], Texts(action));
    }

    [Fact]
    public void Kernel_arguments_that_the_image_has_not_need_another_schematic()
    {
        var runs = new Schematic { KernelArguments = ["nowatchdog"] };
        var wanted = new Schematic { KernelArguments = s_quiet.KernelArgs };

        var action = Plan(Desired(profile: s_quiet), new BootObservation { SchematicId = runs.Id, Schematic = runs })!;

        Assert.Equal(["kernelArguments: nowatchdog -> ", "kernelArguments:  -> iommu.passthrough=1", $"schematic: {runs.Id} -> {wanted.Id}"], Texts(action));
    }

    [Fact]
    public void A_stock_image_is_one_with_nothing_added()
    {
        Assert.Contains("kernelArguments:  -> iommu.passthrough=1", Texts(Plan(Desired(profile: s_quiet), new BootObservation())!));
        Assert.Null(Plan(Desired("1.14.0"), new BootObservation(), talos: "1.14.0"));
    }

    [Fact]
    public void Arguments_that_nobody_wants_any_more_need_an_upgrade_to_the_stock_image_too()
    {
        var runs = new Schematic { KernelArguments = ["nowatchdog"] };

        Assert.Equal(["kernelArguments: nowatchdog -> "], Texts(Plan(Desired(), new BootObservation { SchematicId = runs.Id, Schematic = runs })!));
    }

    [Fact]
    public void An_extension_that_an_own_image_is_said_to_carry_and_the_node_has_not_needs_an_upgrade()
    {
        var desired = Desired();
        desired = desired with { Spec = desired.Spec with { InstallerImage = "registry.local/installer:v1.13.9", Extensions = ["local/agent"] } };

        Assert.Equal(["extensions.agent:  -> agent"], Texts(Plan(desired, new BootObservation())!));
        Assert.Null(Plan(desired, new BootObservation { Extensions = [new InstalledExtension("agent", "1")] }));
    }

    [Fact]
    public void Another_own_image_is_known_by_the_config_that_the_node_has_until_a_run_noted_it()
    {
        var desired = Desired();
        desired = desired with { Spec = desired.Spec with { InstallerImage = "registry.local/installer:v1.13.9-2" } };
        var live = new Sensitive("version: v1alpha1\nmachine:\n  install: {image: 'registry.local/installer:v1.13.9-1'}\n");
        var node = desired.Spec.Nodes[0];
        var seen = Sample.Configured(desired, node) with { Config = live, Boot = new BootObservation() };

        var action = UpgradePlanner.ForNode(UpgradeMoment.BeforeConfig, desired.Spec, node, seen, new LocalObservation());
        var after = UpgradePlanner.ForNode(UpgradeMoment.BeforeConfig, desired.Spec, node, seen, new LocalObservation
        {
            Upgraded = new Dictionary<string, UpgradeRecord> { [node.Name] = new("registry.local/installer:v1.13.9-2", WrittenIn: null) },
        });

        Assert.Equal(["installer: registry.local/installer:v1.13.9-1 -> registry.local/installer:v1.13.9-2"], Texts(action!));
        Assert.Null(after);
    }

    [Theory]
    [InlineData(NodeStage.Installing)]
    [InlineData(NodeStage.Upgrading)]
    [InlineData(NodeStage.Rebooting)]
    public void A_node_that_is_on_its_way_is_not_judged_by_what_it_runs_now(NodeStage stage)
    {
        var desired = Desired("1.14.0");
        var node = desired.Spec.Nodes[0];
        var seen = Sample.Configured(desired, node) with { Stage = stage, Boot = new BootObservation() };

        Assert.Null(UpgradePlanner.ForNode(UpgradeMoment.BeforeConfig, desired.Spec, node, seen, new LocalObservation()));
        Assert.Null(Plan(desired, new BootObservation { Installing = true }));
    }

    [Fact]
    public void Arguments_of_the_config_count_on_GRUB_up_to_1_11_and_come_after_the_config()
    {
        var grub = s_quiet with { BootLoader = BootLoader.Grub };
        var boot = new BootObservation { Uki = false, Cmdline = "pti=on slab_nomerge", SchematicId = new Schematic { KernelArguments = s_quiet.KernelArgs }.Id };

        Assert.Equal(["kernelArguments:  -> iommu.passthrough=1"], Texts(Plan(Desired("1.11.6", grub), boot, "1.11.6", UpgradeMoment.AfterConfig)!));
        Assert.Null(Plan(Desired("1.11.6", grub), boot, "1.11.6"));
        Assert.Null(Plan(Desired("1.11.6", grub), boot with { Cmdline = "pti=on iommu.passthrough=1" }, "1.11.6", UpgradeMoment.AfterConfig));
        Assert.Null(Plan(Desired("1.12.11", grub), boot, "1.12.11", UpgradeMoment.AfterConfig));
    }

    [Fact]
    public void A_node_that_runs_the_image_of_its_profile_needs_no_upgrade_whatever_the_profile_says()
    {
        var argument = Gen.Char.AlphaNumeric.Array[1, 8].Select(letters => $"k{new string(letters)}=1");
        string[] versions = ["1.10.9", "1.11.6", "1.12.11", "1.13.9", "1.14.0"];
        Gen.Select(argument.HashSet[0, 6], Gen.Int[0, versions.Length - 1], Gen.Bool).Sample((arguments, version, grub) =>
        {
            var talos = versions[version];
            var desired = Desired(talos, new ProfileSpec { Name = "p", KernelArgs = [.. arguments], BootLoader = grub ? BootLoader.Grub : BootLoader.Uki });
            var image = NodeImage.Of(desired.Spec, desired.Spec.Nodes[0]);
            var boot = new BootObservation { SchematicId = image.SchematicId, Schematic = image.Schematic, Cmdline = "pti=on " + string.Join(' ', arguments), Uki = !grub };
            return Enum.GetValues<UpgradeMoment>().All(moment => Plan(desired, boot, talos, moment) is null)
                && KernelArgumentCheck.Missing(desired.Spec, desired.Spec.Nodes[0], Seen(desired, boot, talos)).Count == 0;
        });
    }

    internal static DesiredState Desired(string talos = "1.13.9", ProfileSpec? profile = null)
    {
        var desired = Sample.Desired(1, 0, talos);
        return desired with { Spec = desired.Spec with { Nodes = [.. desired.Spec.Nodes.Select(node => node with { Layout = profile })] } };
    }

    internal static NodeObservation Seen(DesiredState desired, BootObservation boot, string talos = "1.13.9") =>
        Sample.Configured(desired, desired.Spec.Nodes[0]) with { Talos = ReleaseVersion.Parse(talos), Boot = boot };

    private static PlannedAction? Plan(DesiredState desired, BootObservation boot, string talos = "1.13.9", UpgradeMoment moment = UpgradeMoment.BeforeConfig) =>
        UpgradePlanner.ForNode(moment, desired.Spec, desired.Spec.Nodes[0], Seen(desired, boot, talos), new LocalObservation());

    private static IEnumerable<string> Texts(PlannedAction action) => action.Changes.Select(change => $"{change.Path}: {change.Before} -> {change.After}");
}
