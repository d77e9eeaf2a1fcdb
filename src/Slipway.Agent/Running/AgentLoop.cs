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
    private static readonly TimeSpan s_round = TimeSpan.FromSeconds(1);
    private const int SamplesARound = 256;

    private readonly ConfigWatch _watch = new(paths.Config, new KeptConfig(paths.KeptConfig), time);
    private readonly AffinityKeeper _affinity = new(paths.AffinityMemory);
    private readonly StatusFiles _files = new(time);
    private readonly List<string> _problems = [];
    private string? _metricsProblem;
    private MetricsServer? _server;
    private AuditLog? _audit;
    private StakeKeeper? _stake;
    private Task<bool>? _refreshing;
    private DateTimeOffset _refreshAt;
    private IReadOnlyList<InterfaceStatus> _interfaces = [];
    private string _steered = "";

    /// <summary>Until the token ends it. What is attached then stays or goes as the configuration says.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await RoundAsync(cancellationToken);
            try
            {
                await Task.Delay(s_round, time, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // The loop ends below.
            }
        }

        if (_watch.Config.OnExit == ExitBehaviour.Detach)
        {
            Try(dataplane.Detach);
            log("detached from every interface");
        }
    }

    /// <summary>One look at everything.</summary>
    public async Task RoundAsync(CancellationToken cancellationToken)
    {
        _problems.Clear();
        var reconfigured = _watch.Look();
        if (reconfigured)
        {
            Reconfigure();
        }

        _problems.AddRange(_watch.Status.Findings);
        var changed = LookAtStake(cancellationToken) || reconfigured;
        var told = Plan(changed);
        // Whatever can wait comes after it: from the boot until now nothing was guarded.
        Try(() => _interfaces = _files.WithBandwidth(dataplane.Attach(_watch.Config.Interfaces, _problems.Add)));
        Try(Beat);
        if (reconfigured)
        {
            _watch.Keep();
            await ListenAsync(_watch.Config.Metrics);
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
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        _audit?.Dispose();
        dataplane.Dispose();
    }

    private void Reconfigure()
    {
        var config = _watch.Config;
        log(_watch.Status.Missing ? $"{paths.Config} is not there: observing with the defaults" : $"configuration {_watch.Status.Generation} is in force: mode {config.Mode.ToString().ToLowerInvariant()}");
        _audit?.Dispose();
        _audit = config.Audit is { } wished ? new AuditLog(wished, time) : null;
        // A refresh under way belongs to the old configuration: it ends by its own deadline and nobody looks at it.
        _refreshing = null;
        _refreshAt = time.GetUtcNow();
        _stake = config.Stake is { } source
            ? new StakeKeeper(source, source.File is null ? new RpcStakeSource(source, time) : new FileStakeSource(source, time), time)
            : null;
        _steered = "";
    }

    private async Task ListenAsync(MetricsConfig metrics)
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
            _server = null;
        }

        _metricsProblem = null;
        if (metrics.Listen is null && metrics.Socket is null)
        {
            return;
        }

        try
        {
            _server = new MetricsServer(metrics, () => _status is { } now ? AgentMetrics.Of(now) : "", time);
        }
        catch (Exception failure) when (failure is SocketException or IOException or UnauthorizedAccessException)
        {
            _metricsProblem = $"metrics: {metrics.Socket ?? metrics.Listen!.ToString()}: {failure.Message}";
        }
    }

    /// <summary>The answer is awaited beside the loop: an RPC that is slow delays nothing else.</summary>
    private bool LookAtStake(CancellationToken cancellationToken)
    {
        if (_stake is null)
        {
            return false;
        }

        var news = false;
        if (_refreshing is { IsCompleted: true })
        {
            news = _refreshing is { IsCompletedSuccessfully: true, Result: true };
            _refreshing = null;
            _refreshAt = time.GetUtcNow() + _watch.Config.Stake!.Refresh;
        }

        if (_refreshing is null && time.GetUtcNow() >= _refreshAt)
        {
            _refreshing = _stake.RefreshAsync(cancellationToken);
        }

        _problems.AddRange(new[] { _stake.LastError, _stake.CacheError }.OfType<string>().Select(problem => $"stake: {problem}"));
        return news;
    }

    /// <summary>After each change of configuration or of the interfaces that are there.</summary>
    private void Steer()
    {
        var names = _interfaces.Select(nic => nic.Name).ToList();
        var now = string.Join(' ', names);
        if (_watch.Config.Affinity is not { } wishes || now == _steered)
        {
            return;
        }

        _steered = now;
        Try(() =>
        {
            foreach (var outcome in _affinity.Apply(AffinityPlan.Of(wishes, names, folders)))
            {
                log($"affinity: {outcome.Text}");
            }
        });
    }

    private void TakeSamples()
    {
        foreach (var (nic, sample) in dataplane.Samples(SamplesARound))
        {
            _audit?.Write(nic, sample);
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
            _problems.Add(problem.Message);
        }
    }
}
