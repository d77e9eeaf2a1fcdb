using Slipway.Agent.Stake;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>What a round has found: in the status file after changes and every few seconds, and each new problem once in the log.</summary>
internal sealed partial class AgentLoop
{
    private readonly DateTimeOffset _startedAt = time.GetUtcNow();
    private HashSet<string> _toldProblems = [];
    private AgentStatus? _status;

    public AgentStatus? Status => _status;

    private void Tell(bool changed)
    {
        var now = time.GetUtcNow();
        _problems.AddRange(new[] { _watch.KeepProblem, _metricsProblem, _audit?.Status.LastError }.OfType<string>());
        foreach (var news in _problems.Distinct().Where(problem => !_toldProblems.Contains(problem)))
        {
            log(news);
        }

        changed |= !_toldProblems.SetEquals(_problems);
        _toldProblems = [.. _problems];
        _status = new AgentStatus
        {
            Version = AgentVersion.Text,
            WrittenAt = now,
            StartedAt = _startedAt,
            EverySeconds = (int)_watch.Config.Status.Every.TotalSeconds,
            Mode = _planned ? _watch.Config.Mode : Slipway.Xdp.FilterMode.Off,
            HeartbeatAgeSeconds = _beatAt is { } beat ? (now - beat).TotalSeconds : null,
            HeartbeatStale = _beatAt is { } last && now - last > TimeSpan.FromMinutes(_watch.Config.HeartbeatMinutes),
            Config = _watch.Status,
            Interfaces = _interfaces,
            Counters = Safely(dataplane.Counters) ?? [],
            Stake = _stake is null ? null : StakeOf(_stake),
            Tables = Safely(() => dataplane.Tables),
            Audit = _audit?.Status,
            Problems = [.. _problems.Distinct()],
        };
        if (_files.WriteStatus(_status, _watch.Config.Status, changed) is { } unwritten && _toldProblems.Add(unwritten))
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
}
