using Slipway.Core.Planning;

namespace Slipway.Core.Spec;

/// <summary>One node of a drafted spec.</summary>
public sealed record DraftNode
{
    /// <summary>Where its Talos API answered: IP address or DNS name.</summary>
    public required string Address { get; init; }

    public int Port { get; init; } = 50000;

    public required NodeRole Role { get; init; }

    /// <summary>CPUs of each NUMA node; empty when the machine does not tell, as in maintenance mode before Talos 1.13.</summary>
    public IReadOnlyList<CpuSet> NumaNodes { get; init; } = [];

    /// <summary>Queues that each NIC can have, by its name; empty when the machine does not tell.</summary>
    public IReadOnlyDictionary<string, int> Queues { get; init; } = new Dictionary<string, int>();

    /// <summary>What it said in maintenance mode; its name is used when it can be a node name and nobody else has it.</summary>
    public required NodeObservation Observation { get; init; }
}
