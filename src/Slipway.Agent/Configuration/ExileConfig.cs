namespace Slipway.Agent.Configuration;

/// <summary>Strangers over their limit are sent to other CPUs (cpumap) instead of dropped, so that their work does not delay stakeholders.</summary>
internal sealed record ExileConfig
{
    /// <summary>SLW_EXILE_CPUS_MAX of bpf/solana_xdp.h.</summary>
    public const int MostCpus = 8;

    public required IReadOnlyList<int> Cpus { get; init; }

    /// <summary>Packets a CPU; a short queue overflows onto the exiled only.</summary>
    public int Queue { get; init; } = 512;
}
