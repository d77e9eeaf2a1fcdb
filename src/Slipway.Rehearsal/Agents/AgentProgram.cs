namespace Slipway.Rehearsal;

/// <summary>A real agent of the filter, to be run on the machines of a rehearsal. Needs root, and iproute2 and util-linux on the PATH.</summary>
public sealed record AgentProgram
{
    /// <summary>Absolute path of xdp-agent, or of its .dll.</summary>
    public required string Agent { get; init; }

    /// <summary>Absolute path of the BPF object that it loads.</summary>
    public required string Filter { get; init; }
}
