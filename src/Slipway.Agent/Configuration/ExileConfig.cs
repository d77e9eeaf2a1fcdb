namespace Slipway.Agent.Configuration;

/// <summary>Strangers over no limit may still be sent to other CPUs (cpumap), so that their work does not delay stakeholders.</summary>
internal sealed record ExileConfig
{
    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>Packets a CPU; a short queue overflows onto the exiled only.</summary>
    public int Queue { get; init; } = 512;
}
