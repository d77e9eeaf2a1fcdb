using Slipway.Agent.Stake;
using Slipway.Xdp.Status;

namespace Slipway.Agent.Running;

/// <summary>What a round has found: in the status file after changes and every few seconds, and each new problem once in the log.</summary>
internal sealed partial class AgentLoop
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private HashSet<string> toldProblems = [];
    private AgentStatus? status;

    public AgentStatus? Status => status;

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
}
