using Slipway.Agent.Configuration;

namespace Slipway.Agent.Stake;

/// <summary>
/// A file with both answers, for nodes that no RPC can be reached from: <c>{"voteAccounts": …, "clusterNodes": …}</c>, each the whole
/// answer or its result alone.
/// </summary>
internal sealed class FileStakeSource(StakeConfig config, TimeProvider time) : IStakeSource
{
    private static readonly string[] s_votes = ["voteAccounts.current", "voteAccounts.delinquent", "voteAccounts.result.current", "voteAccounts.result.delinquent"];
    private static readonly string[] s_nodes = ["clusterNodes", "clusterNodes.result"];

    public async Task<StakeTable> ReadAsync(CancellationToken cancellationToken)
    {
        var join = new StakeJoin(config.Identity, config.MinimumSol);
        try
        {
            // Twice, since the join wants votes first and an object has no order.
            await PassAsync("voteAccounts", new JsonRecords(s_votes, StakeJoin.VoteFields, StakeJoin.MostEntries, join.Vote), cancellationToken);
            await PassAsync("clusterNodes", new JsonRecords(s_nodes, StakeJoin.NodeFields, StakeJoin.MostEntries, join.Node), cancellationToken);
            // Its age is the file's: a copy that nobody renews must not look fresh.
            return join.Table(Newest(File.GetLastWriteTimeUtc(config.File!)), config.File!);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StakeException(problem.Message.TrimEnd('.'));
        }
        catch (StakeException problem)
        {
            throw new StakeException($"{config.File}: {problem.Message}");
        }
    }

    private DateTimeOffset Newest(DateTime written)
    {
        var now = time.GetUtcNow();
        return written > now ? now : written;
    }

    private async Task PassAsync(string name, JsonRecords records, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(config.File!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (file.CanSeek && file.Length > RpcStakeSource.LongestAnswer)
        {
            throw new StakeException($"the file is longer than {RpcStakeSource.LongestAnswer} bytes");
        }

        await JsonTokens.ReadAsync(file, records, cancellationToken);
        if (!records.Seen)
        {
            throw new StakeException($"the file has no {name}");
        }
    }
}
