using Slipway.Agent.Configuration;

namespace Slipway.Agent.Stake;

/// <summary>getVoteAccounts and getClusterNodes of a Solana RPC.</summary>
internal sealed class RpcStakeSource(StakeConfig config, TimeProvider time) : IStakeSource
{
    /// <summary>Bytes of one answer; the main cluster's are 2 to 4 MB.</summary>
    public const long LongestAnswer = 64 << 20;

    public async Task<StakeTable> ReadAsync(CancellationToken cancellationToken)
    {
        var join = new StakeJoin(config.Identity, config.MinimumSol);
        await CallAsync("getVoteAccounts", ["result.current", "result.delinquent"], StakeJoin.VoteFields, join.Vote, cancellationToken);
        await CallAsync("getClusterNodes", ["result"], StakeJoin.NodeFields, join.Node, cancellationToken);
        return join.Table(time.GetUtcNow(), config.Rpc!.ToString());
    }

    private async Task CallAsync(string method, IReadOnlyCollection<string> arrays, IReadOnlyList<string> fields, Action<IReadOnlyList<string?>> onRecord, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(config.Timeout, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await using var body = await RpcConnection.CallAsync(config.Rpc!, method, LongestAnswer, both.Token);
            var records = new JsonRecords(arrays, fields, StakeJoin.MostEntries, onRecord);
            await JsonTokens.ReadAsync(body, records, both.Token);
            if (records.Error is { } error)
            {
                throw new StakeException($"it refuses: {error}");
            }

            if (!records.Seen)
            {
                throw new StakeException("the answer has no such result");
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new StakeException($"{config.Rpc}: {method}: no whole answer within {config.Timeout.TotalSeconds:0} s");
        }
        catch (StakeException problem)
        {
            throw new StakeException($"{config.Rpc}: {method}: {problem.Message}");
        }
    }
}
