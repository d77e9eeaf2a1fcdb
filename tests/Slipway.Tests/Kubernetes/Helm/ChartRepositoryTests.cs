using System.Text;
using CliWrap.Buffered;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Kubernetes.Helm;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes.Helm;

/// <summary>Charts that real helm fetches from a repository over HTTP.</summary>
public sealed class ChartRepositoryTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-charts-");
    private readonly ChartServer _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private ChartSource Repository => new(ChartSourceKind.Repository, _server.Address.ToString());

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_release_is_installed_from_a_repository()
    {
        await PublishAsync();
        await using var cluster = await RehearsedCluster.StartAsync();
        await using var stand = StandIn.On(cluster);

        await stand.Helm.CheckChartAsync(Repository, "1.16.19", Token);
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade with { Chart = Repository }, Token);

        Assert.Equal(("deployed", "cilium-1.16.19"), ((await stand.Helm.FindAsync(stand.Target, Token))!.Status, (await stand.Helm.FindAsync(stand.Target, Token))!.Chart));
        Assert.Contains("/cilium-1.16.19.tgz", _server.Asked);
    }

    [Fact]
    public async Task A_version_that_the_repository_has_not_is_told_with_what_to_look_at()
    {
        await PublishAsync();
        var helm = new HelmCli(StandIn.Program(), _folder.FullName, TimeProvider.System);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => helm.CheckChartAsync(Repository, "1.17.0", Token));

        Assert.Contains("1.17.0", error.Message, StringComparison.Ordinal);
        Assert.Contains("cilium.chart", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_repository_that_is_not_there_is_not_taken_for_a_cluster_that_is_away()
    {
        var helm = new HelmCli(StandIn.Program(), _folder.FullName, TimeProvider.System);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => helm.CheckChartAsync(Repository, "1.16.19", Token));

        Assert.Equal(FailureReason.Helm, error.Reason);
        Assert.Contains("cilium.chart", error.Hint, StringComparison.Ordinal);
    }

    /// <summary>The stand-in, packed and indexed by helm itself, as a repository holds charts.</summary>
    private async Task PublishAsync()
    {
        var packed = Directory.CreateDirectory(Path.Combine(_folder.FullName, "packed")).FullName;
        var chart = StandInChart.Unpack(Path.Combine(_folder.FullName, "chart"), "1.16.19");
        await CliWrap.Cli.Wrap(StandIn.Program()).WithArguments(["package", chart, "--destination", packed]).ExecuteBufferedAsync(Token);
        await CliWrap.Cli.Wrap(StandIn.Program()).WithArguments(["repo", "index", packed, "--url", _server.Address.ToString()]).ExecuteBufferedAsync(Token);
        foreach (var file in Directory.GetFiles(packed))
        {
            _server.Files["/" + Path.GetFileName(file)] = await File.ReadAllBytesAsync(file, Token);
        }

        Assert.Contains("cilium", Encoding.UTF8.GetString(_server.Files["/index.yaml"]), StringComparison.Ordinal);
    }
}
