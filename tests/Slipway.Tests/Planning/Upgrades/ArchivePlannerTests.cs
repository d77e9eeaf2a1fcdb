using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Tests.Planning.Upgrades;

/// <summary>Nodes that are sent their installer.</summary>
public sealed class ArchivePlannerTests
{
    private const string Archive = "/specs/installers/agave.tar";
    private const string Digest = "sha256:0a";
    private const string Stock = "ghcr.io/siderolabs/installer:v1.13.9";

    [Fact]
    public void It_is_installed_by_the_plain_image_and_upgraded_to_the_archive()
    {
        var image = NodeImage.Of(Desired().Spec, Desired().Spec.Nodes[0]);

        Assert.Equal((Stock, Archive, "agave.tar"), (image.Reference, image.Archive, image.Name));
        Assert.Equal($"factory.talos.dev/metal-installer/{Schematic.Empty.Id}:v1.14.0", Image(spec => spec with { Talos = new ReleaseVersion(1, 14, 0) }).Reference);
        Assert.Equal("mirror.internal/installer:v1.13.9", Image(spec => spec with { InstallerImage = "mirror.internal/installer:v1.13.9" }).Reference);
        Assert.Null(image.SchematicId);
    }

    [Fact]
    public void What_a_node_says_itself_goes_before_its_profile_and_that_before_the_cluster()
    {
        Assert.Null(Image(spec => spec with { Nodes = [spec.Nodes[0] with { InstallerImage = "own/installer:v1.13.9" }] }).Archive);
        Assert.Equal("/p.tar", Image(spec => spec with { Nodes = [spec.Nodes[0] with { Layout = new ProfileSpec { Name = "p", InstallerArchive = "/p.tar" } }] }).Archive);
        Assert.Equal("/n.tar", Image(spec => spec with { Nodes = [spec.Nodes[0] with { InstallerArchive = "/n.tar", Layout = new ProfileSpec { Name = "p", InstallerArchive = "/p.tar" } }] }).Archive);
        Assert.Equal(("base/installer:v1.13.9", Archive), Image(spec => spec with { InstallerImage = "base/installer:v1.13.9" }) is var image ? (image.Reference, image.Archive) : default);
    }

    [Fact]
    public void A_blank_machine_is_known_to_need_it_after_its_install()
    {
        var desired = Desired();
        var blank = Sample.Maintenance(desired.Spec.Nodes[0]);

        Assert.Null(UpgradePlanner.ForNode(UpgradeMoment.BeforeConfig, desired.Spec, desired.Spec.Nodes[0], blank, Local()));
        var action = UpgradePlanner.ForNode(UpgradeMoment.AfterConfig, desired.Spec, desired.Spec.Nodes[0], blank, Local())!;
        Assert.Equal(("upgrade-installed", "needs upgrade to agave.tar, sent from here (181.2 MB)"), (action.Phase, action.Summary));
    }

    [Theory]
    [InlineData(null, null, null)] // no run here knows the node, and it shows no difference
    [InlineData(Digest, null, null)]
    [InlineData(Digest, "this boot", Digest)] // written, and not rebooted into
    [InlineData(Digest, "the boot before", null)]
    [InlineData("sha256:0b", null, "sha256:0b")]
    [InlineData(Stock, null, Stock)]
    public void What_it_runs_is_known_by_what_a_run_noted(string? noted, string? writtenIn, string? before)
    {
        foreach (var moment in Enum.GetValues<UpgradeMoment>())
        {
            var action = Plan(Desired(), noted is null ? Local() : Local() with { Upgraded = new Dictionary<string, UpgradeRecord> { ["cp1"] = new(noted, writtenIn) } }, moment);
            Assert.Equal(before is null ? null : $"{before} -> agave.tar", action is null ? null : $"{Assert.Single(action.Changes).Before} -> {action.Changes[0].After}");
        }
    }

    [Fact]
    public void An_extension_that_the_node_lacks_needs_it_whatever_was_noted()
    {
        var desired = Desired();
        desired = desired with { Spec = desired.Spec with { Extensions = ["local/agent"] } };

        Assert.Equal("extensions.agent", Assert.Single(Plan(desired, Local() with { Upgraded = new Dictionary<string, UpgradeRecord> { ["cp1"] = new(Digest, null) } })!.Changes).Path);
    }

    [Fact]
    public void A_node_of_1_12_is_not_sent_an_image()
    {
        var desired = Desired();
        var refusal = UpgradeRefusals.Of(desired.Spec, desired.Spec.Nodes[0], UpgradePlannerTests.Seen(desired, new BootObservation(), "1.12.11"))!;

        Assert.Equal("Talos v1.12.11 takes no image that is sent to it", refusal.Message);
        Assert.Null(UpgradeRefusals.Of(desired.Spec, desired.Spec.Nodes[0], UpgradePlannerTests.Seen(desired, new BootObservation(), "1.13.2")));
    }

    [Fact]
    public void An_archive_that_cannot_be_used_is_a_warning_of_the_plan()
    {
        var desired = Desired();
        var local = new LocalObservation { Archives = new Dictionary<string, ArchiveObservation> { [Archive] = new(null, 0, "there is no such file") } };

        Assert.Contains($"installer archive {Archive}: there is no such file; 'slipway up' refuses that", Planner.Plan(desired, new ObservedState(new Dictionary<string, NodeObservation>(), new ClusterObservation(), local)).Warnings);
        Assert.Null(Plan(desired, local));
    }

    private static DesiredState Desired()
    {
        var desired = UpgradePlannerTests.Desired();
        return desired with { Spec = desired.Spec with { InstallerArchive = Archive } };
    }

    private static NodeImage Image(Func<ClusterSpec, ClusterSpec> change) => change(Desired().Spec) is var spec ? NodeImage.Of(spec, spec.Nodes[0]) : null!;

    private static LocalObservation Local() => new() { Archives = new Dictionary<string, ArchiveObservation> { [Archive] = new(Digest, 181_200_000, null) } };

    private static PlannedAction? Plan(DesiredState desired, LocalObservation local, UpgradeMoment moment = UpgradeMoment.BeforeConfig) =>
        UpgradePlanner.ForNode(moment, desired.Spec, desired.Spec.Nodes[0], UpgradePlannerTests.Seen(desired, new BootObservation()) with { BootId = "this boot" }, local);
}
