using System.Net;
using System.Net.Sockets;
using Slipway.Agent.Affinity;
using Slipway.Agent.Audit;
using Slipway.Agent.Configuration;
using Slipway.Agent.Filtering;
using Slipway.Agent.Metrics;
using Slipway.Agent.Stake;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>
/// What the agent does all day: each second it brings the kernel to what configuration, stake and interfaces ask for, whatever it
/// was before. No failure ends it: a problem is told in the status, and the next round tries again.
/// </summary>
internal sealed partial class AgentLoop(AgentPaths paths, IDataplane dataplane, Func<IReadOnlyList<IPAddress>> ownAddresses, SystemFolders folders, Action<string> log, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const int SamplesARound = 256;

    private readonly ConfigWatch watch = new(paths.Config, new KeptConfig(paths.KeptConfig), time);
    private readonly AffinityKeeper affinity = new(paths.AffinityMemory);
    private readonly StatusFiles files = new(time);
    private readonly List<string> problems = [];
    private string? metricsProblem;
    private MetricsServer? server;
    private AuditLog? audit;
    private StakeKeeper? stake;
    private Task<bool>? refreshing;
    private DateTimeOffset refreshAt;
    private IReadOnlyList<InterfaceStatus> interfaces = [];
    private string steered = "";

    /// <summary>Until the token ends it. What is attached then stays or goes as the configuration says.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await RoundAsync(cancellationToken);
            try
            {
                await Task.Delay(Round, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The loop ends below.
            }
        }

        if (watch.Config.OnExit == ExitBehaviour.Detach)
        {
            Try(dataplane.Detach);
            log("detached from every interface");
        }
    }

    /// <summary>One look at everything.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        problems.Clear();
        var reconfigured = watch.Look();
        if (reconfigured)
        {
            Reconfigure();
        }

        problems.AddRange(watch.Status.Findings);
        var changed = LookAtStake(cancellationToken) || reconfigured;
        var told = Plan(changed);
        // Whatever can wait comes after it: from the boot until now nothing was guarded.
        Try(() => interfaces = files.WithBandwidth(dataplane.Attach(watch.Config.Interfaces, problems.Add)));
        Try(Beat);
        if (reconfigured)
        {
            watch.Keep();
            await ListenAsync(watch.Config.Metrics);
        }

        if (told)
        {
            Settle();
        }

        Steer();
        Try(TakeSamples);
        Tell(changed);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        audit?.Dispose();
        dataplane.Dispose();
    }

    private void Reconfigure()
    {
        var config = watch.Config;
        log(watch.Status.Missing ? $"{paths.Config} is not there: observing with the defaults" : $"configuration {watch.Status.Generation} is in force: mode {config.Mode.ToString().ToLowerInvariant()}");
        audit?.Dispose();
        audit = config.Audit is { } wished ? new AuditLog(wished, time) : null;
        // A refresh under way belongs to the old configuration: it ends by its own deadline and nobody looks at it.
        refreshing = null;
        refreshAt = time.GetUtcNow();
        stake = config.Stake is { } source
            ? new StakeKeeper(source, source.File is null ? new RpcStakeSource(source, time) : new FileStakeSource(source, time), time)
            : null;
        steered = "";
    }

    private async Task ListenAsync(MetricsConfig metrics)
    {
        if (server is not null)
        {
            await server.DisposeAsync();
            server = null;
        }

        metricsProblem = null;
        if (metrics.Listen is null && metrics.Socket is null)
        {
            return;
        }

        try
        {
            server = new MetricsServer(metrics, () => status is { } now ? AgentMetrics.Of(now) : "", time);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            metricsProblem = $"metrics: {metrics.Socket ?? metrics.Listen!.ToString()}: {failure.Message}";
        }
    }

    /// <summary>The answer is awaited beside the loop: an RPC that is slow delays nothing else.</summary>
    private bool LookAtStake(CancellationToken cancellationToken)
    {
        if (stake is null)
        {
            return false;
        }

        var news = false;
        if (refreshing is { IsCompleted: true })
        {
            news = refreshing is { IsCompletedSuccessfully: true, Result: true };
            refreshing = null;
            refreshAt = time.GetUtcNow() + watch.Config.Stake!.Refresh;
        }

        if (refreshing is null && time.GetUtcNow() >= refreshAt)
        {
            refreshing = stake.RefreshAsync(cancellationToken);
        }

        problems.AddRange(new[] { stake.LastError, stake.CacheError }.OfType<string>().Select(problem => $"stake: {problem}"));
        return news;
    }

    /// <summary>After each change of configuration or of the interfaces that are there.</summary>
    private void Steer()
    {
        var names = interfaces.Select(nic => nic.Name).ToList();
        var now = string.Join(' ', names);
        if (watch.Config.Affinity is not { } wishes || now == steered)
        {
            return;
        }

        steered = now;
        Try(() =>
        {
            foreach (var outcome in affinity.Apply(AffinityPlan.Of(wishes, names, folders)))
            {
                log($"affinity: {outcome.Text}");
            }
        });
    }

    private void TakeSamples()
    {
        foreach (var (nic, sample) in dataplane.Samples(SamplesARound))
        {
            audit?.Write(nic, sample);
        }
    }

    private void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception problem) when (problem is XdpException or IOException or UnauthorizedAccessException or SocketException or DllNotFoundException)
        {
            problems.Add(problem.Message);
        }
    }
}
