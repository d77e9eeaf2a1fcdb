using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Versions;
using Slipway.Tests.Extension;
using Slipway.Tests.Talos.Rehearsed;

namespace Slipway.Tests.Engine.Running;

/// <summary>Installers that are sent to nodes, in runs from blank machines on.</summary>
public sealed class ImportTests : IDisposable
{
    private const string Base = "ghcr.io/siderolabs/installer:v1.13.9";

    private readonly FakeWorld _world = new(controlPlanes: 3, workers: 2);
    private readonly ScratchFolder _folder = new();

    public ImportTests()
    {
        File.WriteAllBytes(Archive, DockerArchive.Of(FakeNode.ImportedName));
        foreach (var node in _world.Nodes.Values)
        {
            node.Boot = new BootObservation { Cmdline = "pti=on slab_nomerge", Uki = true };
        }

        _world.Desired = _world.Desired with { Spec = _world.Desired.Spec with { Talos = new ReleaseVersion(1, 13, 9), InstallerArchive = Archive } };
    }

    private string Archive => _folder["installer.tar"];

    public void Dispose()
    {
        _world.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Every_blank_machine_is_sent_it_once_after_its_install_and_before_etcd_and_a_second_run_sends_nothing()
    {
        var bootstrapped = 0;
        _world.OnNodeUpgrade = _ => bootstrapped += _world.Nodes.Values.Sum(node => node.Bootstraps);

        var first = await UpAsync();
        var second = await UpAsync();

        Assert.All(_world.Nodes.Values, node => Assert.Equal(File.ReadAllBytes(Archive), Assert.Single(node.Imported)));
        Assert.All(_world.Nodes.Values, node => Assert.Equal([FakeNode.ImportedName], node.UpgradedTo));
        Assert.Equal(0, bootstrapped);
        Assert.Equal(5, first.Done.Count(action => action.Phase == PhaseIds.UpgradeInstalled));
        Assert.Empty(second.Done);
    }

    [Fact]
    public async Task Another_archive_under_the_same_name_is_another_image_one_control_plane_at_a_time()
    {
        await UpAsync();
        File.WriteAllBytes(Archive, DockerArchive.Of(FakeNode.ImportedName, seed: 2));
        var away = 0;
        _world.OnNodeUpgrade = node => away = Math.Max(away, _world.Nodes.Values.Count(other => other != node && other.Away));

        var run = await UpAsync();

        Assert.Equal(5, run.Done.Count(action => action.Phase == PhaseIds.Upgrade));
        Assert.All(_world.Nodes.Values, node => Assert.Equal(2, node.Imported.Count));
        Assert.Equal(0, away);
        Assert.Empty((await UpAsync()).Done);
    }

    [Fact]
    public async Task A_run_that_ended_right_after_the_install_is_gone_on_with()
    {
        _world.Nodes["w1"].OnImport = () => throw new SlipwayException(FailureReason.PermissionDenied, "no");
        await Assert.ThrowsAsync<SlipwayException>(UpAsync);
        Assert.Empty(_world.Nodes["w1"].UpgradedTo);
        Assert.Contains(Base, File.ReadAllText(_world.Folder.UpgradeRecord), StringComparison.Ordinal);

        _world.Nodes["w1"].OnImport = null;
        await UpAsync();

        Assert.All(_world.Nodes.Values, node => Assert.Single(node.UpgradedTo));
    }

    [Fact]
    public async Task An_archive_that_changes_while_it_is_sent_is_not_upgraded_to()
    {
        _world.Nodes["w2"].OnImport = () => File.WriteAllBytes(Archive, DockerArchive.Of(FakeNode.ImportedName, seed: 3));

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        // Whoever was sent it at that moment.
        Assert.Equal(FailureReason.LocalState, error.Reason);
        Assert.Empty(_world.Nodes[error.Node!].UpgradedTo);
        Assert.Contains("changed while it was sent", error.Message, StringComparison.Ordinal);
        Assert.Empty(_world.Nodes["w2"].UpgradedTo);
    }

    [Theory]
    [InlineData(null, "there is no such file")]
    [InlineData("", "it is no archive of an image")]
    [InlineData("ghcr.io/siderolabs/installer-base:v1.13.8", "it is of Talos v1.13.8, and cp1 shall run v1.13.9")]
    public async Task One_that_cannot_be_sent_is_found_before_the_first_change(string? name, string found)
    {
        File.Delete(Archive);
        if (name is not null)
        {
            File.WriteAllBytes(Archive, name.Length == 0 ? [1, 2, 3] : DockerArchive.Of(name));
        }

        var error = await Assert.ThrowsAsync<SlipwayException>(UpAsync);

        Assert.Equal((FailureReason.Preflight, "preflight", found), (error.Reason, error.Phase, error.Found));
        Assert.All(_world.Nodes.Values, node => Assert.Equal(0, node.Applies));
    }

    private Task<Slipway.Engine.Running.RunReport> UpAsync() => _world.UpAsync(TestContext.Current.CancellationToken);
}
