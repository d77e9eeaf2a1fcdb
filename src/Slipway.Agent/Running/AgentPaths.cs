namespace Slipway.Agent.Running;

/// <summary>Where the agent finds and leaves things; the defaults are those of the system extension.</summary>
internal sealed record AgentPaths
{
    public string Config { get; init; } = "/usr/local/etc/slipway/xdp.json";

    public string Object { get; init; } = "/usr/lib/slipway/solana_xdp.bpf.o";

    /// <summary>On bpffs.</summary>
    public string Pins { get; init; } = "/sys/fs/bpf/slipway";

    /// <summary>Remembers what knobs held before the agent touched them; gone with a reboot, as the knobs are.</summary>
    public string AffinityMemory { get; init; } = "/run/slipway/xdp/affinity.json";
}
