namespace Slipway.Agent.Running;

/// <summary>Where the agent finds and leaves things; the defaults are those of the system extension.</summary>
internal sealed record AgentPaths
{
    public string Config { get; init; } = "/usr/local/etc/slipway/xdp.json";

    public string Object { get; init; } = "/usr/lib/slipway/solana_xdp.bpf.o";

    /// <summary>On bpffs.</summary>
    public string Pins { get; init; } = "/sys/fs/bpf/slipway";

    /// <summary>What outlives a boot: the last good configuration. (Where the stake table is kept, the configuration says.)</summary>
    public string State { get; init; } = "/var/lib/slipway/xdp";

    public string KeptConfig => Path.Combine(State, "xdp.json");

    /// <summary>Remembers what knobs held before the agent touched them; gone with a reboot, as the knobs are.</summary>
    public string AffinityMemory { get; init; } = "/run/slipway/xdp/affinity.json";
}
