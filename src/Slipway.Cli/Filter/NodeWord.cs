using Slipway.Xdp.Status;

namespace Slipway.Cli.Filter;

/// <summary>What a node's filter says of itself.</summary>
internal sealed record NodeWord
{
    public required string Node { get; init; }

    public required string Address { get; init; }

    /// <summary>Null when there is none, or none that can be believed.</summary>
    public AgentStatus? Status { get; init; }

    /// <summary>Null where nobody asked for it.</summary>
    public AgentTables? Tables { get; init; }

    /// <summary>Since the agent wrote it.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Everything that is not as it should be, the agent's own words included.</summary>
    public IReadOnlyList<string> Problems { get; init; } = [];

    public bool Healthy => Status is not null && Problems.Count == 0;
}
