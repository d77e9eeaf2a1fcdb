using Slipway.Core.Cilium;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Kubernetes.Helm;
using Slipway.Tests.Cilium;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes;

/// <summary>The stand-in chart and real helm on a rehearsed cluster.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    private StandIn(RehearsedCluster cluster, string program)
    {
        Helm = new HelmCli(program, Path.Combine(cluster.Folder.FullName, "work"), TimeProvider.System);
        Target = new HelmTarget("cilium", "kube-system", cluster.KubeconfigPath);
        ValuesPath = Path.Combine(cluster.Folder.FullName, "values.yaml");
        Write(Clusters.Usual);
    }

    public HelmCli Helm { get; }

    public HelmTarget Target { get; }

    public string ValuesPath { get; }

    public List<string> Lines { get; } = [];

    public HelmUpgrade Upgrade => new(new ChartSource(ChartSourceKind.StandIn, "stand-in"), "v1.16.19", ValuesPath, TimeSpan.FromMinutes(1), line =>
    {
        lock (Lines)
        {
            Lines.Add(line);
        }
    });

    public static StandIn On(RehearsedCluster cluster) => new(cluster, Program());

    public static async Task<StandIn> InstallAsync(RehearsedCluster cluster)
    {
        var stand = On(cluster);
        await stand.Helm.UpgradeAsync(stand.Target, stand.Upgrade, TestContext.Current.CancellationToken);
        return stand;
    }

    /// <summary>The real helm, or the test is skipped with the reason.</summary>
    public static string Program()
    {
        try
        {
            return HelmLocator.Find();
        }
        catch (Core.Failures.SlipwayException error)
        {
            Assert.Skip(error.Message);
            throw;
        }
    }

    public void Write(ClusterSpec spec) => File.WriteAllText(ValuesPath, CiliumValues.ToYaml(CiliumValues.For(spec)));

    /// <summary>Asks again until it is so; the test's own time limit ends it.</summary>
    public static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!await isSo())
        {
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
