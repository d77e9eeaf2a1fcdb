namespace Slipway.Agent.Configuration;

/// <summary>Which CPUs do the network's work. An empty list leaves that knob alone.</summary>
internal sealed record AffinityConfig
{
    /// <summary>CPUs for the interfaces' interrupts, one after the other.</summary>
    public IReadOnlyList<int> Irq { get; init; } = [];

    /// <summary>CPUs that share the work of each RX queue after XDP; what a NIC with one queue needs.</summary>
    public IReadOnlyList<int> Rps { get; init; } = [];

    /// <summary>CPUs whose sends go over the TX queues, dealt out one after the other.</summary>
    public IReadOnlyList<int> Xps { get; init; } = [];

    /// <summary>Null leaves it alone; true gives each NAPI instance a thread of its own.</summary>
    public bool? ThreadedNapi { get; init; }

    /// <summary>CPUs of those threads.</summary>
    public IReadOnlyList<int> Napi { get; init; } = [];
}
