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
internal sealed class AgentLoop(AgentPaths paths, IDataplane dataplane, Func<IReadOnlyList<IPAddress>> ownAddresses, SystemFolders folders, Action<string> log, TimeProvider time) : IAsyncDisposable
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);
    private const int SamplesARound = 256;

    private readonly ConfigWatch watch = new(paths.Config, new KeptConfig(paths.KeptConfig), time);
    private readonly AffinityKeeper affinity = new(paths.AffinityMemory);
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private readonly StatusFiles files = new(time);
    private readonly List<string> problems = [];
    private HashSet<string> toldProblems = [];
    private string? metricsProblem;
    private MetricsServer? server;
    private AuditLog? audit;
    private StakeKeeper? stake;
    private Task<bool>? refreshing;
    private DateTimeOffset refreshAt;
    private FilterPlan? plan;
    private bool planned;
    private DateTimeOffset? beatAt;
    private IReadOnlyList<IPAddress> addresses = [];
    private IReadOnlyList<InterfaceStatus> interfaces = [];
    private string steered = "";
    private AgentStatus? status;

    public AgentStatus? Status => status;

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

    /// <summary>True when the kernel was told something new.</summary>
    private bool Plan(bool changed)
    {
        // What cannot be listed just now stays as it was known: a node without addresses of its own would filter nothing.
        Try(() => addresses = ownAddresses());
        var next = changed || plan is null || !plan.OwnAddresses.SequenceEqual(OwnOf(plan)) ? FilterPlan.Of(watch.Config, stake?.Table ?? StakeTable.Empty, addresses) : plan;
        if (ReferenceEquals(next, plan) && planned)
        {
            return false;
        }

        plan = next;
        planned = false;
        Try(() =>
        {
            dataplane.Configure(next, watch.Config);
            beatAt = time.GetUtcNow();
            planned = true;
        });
        return planned;
    }

    /// <summary>After a change of what the kernel goes by.</summary>
    private void Settle()
    {
        if (files.WriteTables(plan!, watch.Config.Status) is { } problem)
        {
            problems.Add(problem);
        }

        // Thousands of peers leave megabytes behind, and hours may pass before the collector would give them back.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
    }

    private IReadOnlyList<IPAddress> OwnOf(FilterPlan current) =>
        watch.Config.OwnAddresses.Count > 0 ? current.OwnAddresses : FilterPlan.Of(AgentConfig.Default, StakeTable.Empty, addresses).OwnAddresses;

    private void Beat()
    {
        if (planned)
        {
            dataplane.Beat();
            beatAt = time.GetUtcNow();
        }
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

    private void Tell(bool changed)
    {
        var now = time.GetUtcNow();
        problems.AddRange(new[] { watch.KeepProblem, metricsProblem, audit?.Status.LastError }.OfType<string>());
        foreach (var news in problems.Distinct().Where(problem => !toldProblems.Contains(problem)))
        {
            log(news);
        }

        changed |= !toldProblems.SetEquals(problems);
        toldProblems = [.. problems];
        status = new AgentStatus
        {
            Version = AgentVersion.Text,
            WrittenAt = now,
            StartedAt = startedAt,
            EverySeconds = (int)watch.Config.Status.Every.TotalSeconds,
            Mode = planned ? watch.Config.Mode : Slipway.Xdp.FilterMode.Off,
            HeartbeatAgeSeconds = beatAt is { } beat ? (now - beat).TotalSeconds : null,
            HeartbeatStale = beatAt is { } last && now - last > TimeSpan.FromMinutes(watch.Config.HeartbeatMinutes),
            Config = watch.Status,
            Interfaces = interfaces,
            Counters = Safely(dataplane.Counters) ?? [],
            Stake = stake is null ? null : StakeOf(stake),
            Tables = Safely(() => dataplane.Tables),
            Audit = audit?.Status,
            Problems = [.. problems.Distinct()],
        };
        if (files.WriteStatus(status, watch.Config.Status, changed) is { } unwritten && toldProblems.Add(unwritten))
        {
            log(unwritten);
        }
    }

    private static StakeStatus StakeOf(StakeKeeper keeper) => new()
    {
        Source = keeper.Table.Source,
        AgeSeconds = keeper.Age?.TotalSeconds,
        Staked = keeper.Table.Staked,
        Known = keeper.Table.Stakes.Count - keeper.Table.Staked,
        ShredVersion = keeper.Table.Own?.ShredVersion ?? 0,
        Refreshes = keeper.Refreshes,
        Failures = keeper.Failures,
        LastError = keeper.LastError,
    };

    private T? Safely<T>(Func<T?> act)
        where T : class
    {
        T? result = null;
        Try(() => result = act());
        return result;
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
