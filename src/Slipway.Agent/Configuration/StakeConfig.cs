namespace Slipway.Agent.Configuration;

/// <summary>Where the agent learns who holds how much stake. Exactly one of <see cref="Rpc"/> and <see cref="File"/>.</summary>
internal sealed record StakeConfig
{
    /// <summary>A Solana RPC over plain HTTP at a literal address: the agent has neither TLS nor a resolver.</summary>
    public RpcEndpoint? Rpc { get; init; }

    /// <summary>A JSON file with the two answers, <c>{"voteAccounts": …, "clusterNodes": …}</c>.</summary>
    public string? File { get; init; }

    public TimeSpan Refresh { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one whole answer.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The node's own identity in base58; its contact info gives ports and shred version.</summary>
    public string? Identity { get; init; }

    /// <summary>In SOL; who has less is a stranger.</summary>
    public long MinimumSol { get; init; } = 1;

    /// <summary>The last good table, so that a restart does not begin with strangers only. Null: none is kept.</summary>
    public string? Cache { get; init; } = "/var/lib/slipway/xdp/stake.json";
}
