using Slipway.Agent.Configuration;

namespace Slipway.Agent.Stake;

/// <summary>
/// Holds the last good table. An answer replaces it only if it is credible: an RPC that has just started knows a part of
/// gossip, and half of the cluster must not become strangers for that.
/// </summary>
internal sealed class StakeKeeper
{
    /// <summary>After so long the small answer is the truth.</summary>
    private static readonly TimeSpan s_disbelieveFor = TimeSpan.FromHours(1);

    private readonly IStakeSource _source;
    private readonly StakeCache? _cache;
    private readonly TimeProvider _time;

    public StakeKeeper(StakeConfig config, IStakeSource source, TimeProvider time)
    {
        _source = source;
        _time = time;
        _cache = config.Cache is { } path ? new StakeCache(path) : null;
        Table = _cache?.Read(_time.GetUtcNow()) ?? StakeTable.Empty;
    }

    public StakeTable Table { get; private set; }

    /// <summary>Why the newest attempt did not give a table; null when it did.</summary>
    public string? LastError { get; private set; }

    /// <summary>The table was good but could not be kept on disk.</summary>
    public string? CacheError { get; private set; }

    public long Refreshes { get; private set; }

    public long Failures { get; private set; }

    public TimeSpan? Age => Table.Stakes.Count == 0 ? null : _time.GetUtcNow() - Table.TakenAt;

    /// <summary>True when the table changed or was confirmed.</summary>
    public async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var table = await _source.ReadAsync(cancellationToken);
            Believe(table);
            Table = table;
            LastError = null;
            Refreshes++;
        }
        catch (StakeException problem)
        {
            LastError = problem.Message;
            Failures++;
            return false;
        }

        try
        {
            _cache?.Write(Table);
            CacheError = null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            CacheError = problem.Message;
        }

        return true;
    }

    private void Believe(StakeTable table)
    {
        if (table.Staked * 2 < Table.Staked && Age < s_disbelieveFor)
        {
            throw new StakeException($"{table.Source}: only {table.Staked} stakeholders where there were {Table.Staked}: not believed for an hour");
        }
    }
}
