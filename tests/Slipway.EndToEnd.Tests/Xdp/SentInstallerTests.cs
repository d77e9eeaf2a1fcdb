using Slipway.EndToEnd.Tests.Kills;
using Slipway.Rehearsal;
using Slipway.Tests.Talos.Rehearsed;

namespace Slipway.EndToEnd.Tests.Xdp;

/// <summary>The extension's way to nodes without any registry for it: the installer with it lies on the operator's machine and is sent.</summary>
public sealed class SentInstallerTests
{
    [Fact]
    public async Task A_blank_machine_is_sent_the_installer_with_the_filter_before_the_cluster_starts_and_a_new_one_later_under_the_same_name()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        await using var lab = await Lab.StartAsync(1, 1, cancellationToken);
        var archive = Path.Combine(lab.Folder, "agave.tar");
        await lab.ChangeSpecAsync(
            spec => spec.Replace("nodes:\n", "profiles: {agave: {installerArchive: agave.tar}}\nxdp: {mode: observe}\nnodes:\n", StringComparison.Ordinal), cancellationToken);

        var missing = await lab.UpAsync();
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("agave.tar: there is no such file", missing.Error, StringComparison.Ordinal);
        Assert.Equal(0, lab.Count(LedgerKind.InstallStarted));

        await File.WriteAllBytesAsync(archive, DockerArchive.Of(DockerArchive.Installer("v1.13.9")), cancellationToken);
        var plan = await lab.PlanAsync();
        Assert.Contains("needs upgrade to agave.tar, sent from here (0 MB)", plan.Out, StringComparison.Ordinal);
        Assert.Contains("image installer = ghcr.io/siderolabs/installer:v1.13.9 -> agave.tar", plan.Out, StringComparison.Ordinal);
        var first = await lab.UpAsync();
        Assert.True(first.ExitCode == 0, first.Error);
        Assert.Contains("met: the filter observes on w1: in the image, its service up, attached by its agent's word", first.Error + first.Out, StringComparison.Ordinal);
        Assert.Equal((1, 1), (lab.Count(LedgerKind.ImageImported), lab.Count(LedgerKind.Upgraded)));
        var order = lab.Host.Ledger.Select(entry => entry.Kind).ToList();
        Assert.True(order.IndexOf(LedgerKind.Upgraded) < order.IndexOf(LedgerKind.EtcdBootstrapped));
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);

        await File.WriteAllBytesAsync(archive, DockerArchive.Of(DockerArchive.Installer("v1.13.9"), seed: 2), cancellationToken);
        Assert.Equal(2, (await lab.PlanAsync()).ExitCode);
        var second = await lab.UpAsync();
        Assert.True(second.ExitCode == 0, second.Error);
        Assert.Equal((2, 2), (lab.Count(LedgerKind.ImageImported), lab.Count(LedgerKind.Upgraded)));
        Assert.Equal(0, (await lab.PlanAsync()).ExitCode);
    }
}
