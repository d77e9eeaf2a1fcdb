namespace Slipway.Xdp.Status;

/// <summary>What the program goes by, as the agent writes it to <c>/run/slipway/xdp/tables.json</c> whenever it changes.</summary>
public sealed record AgentTables
{
    public int Schema { get; init; } = AgentStatus.CurrentSchema;

    public required DateTimeOffset WrittenAt { get; init; }

    public required FilterMode Mode { get; init; }

    /// <summary>The node's addresses that are guarded.</summary>
    public IReadOnlyList<string> OwnAddresses { get; init; } = [];

    /// <summary>0 is not checked.</summary>
    public int ShredVersion { get; init; }

    /// <summary>Base58; null is not checked.</summary>
    public string? Identity { get; init; }

    public IReadOnlyList<PortStatus> Ports { get; init; } = [];

    public IReadOnlyList<LimitStatus> Limits { get; init; } = [];

    public IReadOnlyList<PeerStatus> Peers { get; init; } = [];
}
