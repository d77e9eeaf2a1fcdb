using Slipway.Core.Planning;

namespace Slipway.Core.Spec;

/// <summary>One node of a drafted spec.</summary>
public sealed record DraftNode
{
    /// <summary>Where its Talos API answered: IP address or DNS name.</summary>
    public required string Address { get; init; }

    public int Port { get; init; } = 50000;

    public required NodeRole Role { get; init; }

    /// <summary>What it said in maintenance mode; its name is used when it can be a node name and nobody else has it.</summary>
    public required NodeObservation Observation { get; init; }
}
