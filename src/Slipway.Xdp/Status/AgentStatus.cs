namespace Slipway.Xdp.Status;

/// <summary>
/// What the node agent knows, as it writes it to <c>/run/slipway/xdp/status.json</c> every few seconds and after changes. Written
/// by the agent, read on the node and through the Talos API. A reader must bear fields that it does not know.
/// </summary>
public sealed record AgentStatus
{
    /// <summary>Raised when a field changes its meaning; new fields do not raise it.</summary>
    public const int CurrentSchema = 1;

    public int Schema { get; init; } = CurrentSchema;

    /// <summary>Of the agent.</summary>
    public required string Version { get; init; }

    /// <summary>A file that was not written for longer than <see cref="EverySeconds"/> is that of an agent that is gone.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required int EverySeconds { get; init; }

    /// <summary>The mode that the program runs in.</summary>
    public required FilterMode Mode { get; init; }

    /// <summary>True while strangers' limits and content rules are suspended, because the heartbeat could not be written.</summary>
    public bool HeartbeatStale { get; init; }

    /// <summary>Seconds since the program heard of the agent; null when no program is loaded.</summary>
    public double? HeartbeatAgeSeconds { get; init; }

    public required ConfigStatus Config { get; init; }

    public IReadOnlyList<InterfaceStatus> Interfaces { get; init; } = [];

    /// <summary>Only cells that counted something.</summary>
    public IReadOnlyList<CounterStatus> Counters { get; init; } = [];

    public StakeStatus? Stake { get; init; }

    /// <summary>Null when no program is loaded.</summary>
    public TableStatus? Tables { get; init; }

    public AuditStatus? Audit { get; init; }

    /// <summary>What is wrong now, in words; empty when nothing is.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];
}
