using Slipway.Core.Versions;

namespace Slipway.Core.Spec;

/// <summary>Who translates the source address of pods that talk to the outside (Cilium's masquerading).</summary>
public enum MasqueradeProfile
{
    /// <summary>Nobody: pods leave with their pod address. No NAT rule in iptables; needs a router that knows the way back.</summary>
    None,

    /// <summary>eBPF does, with legacy host routing so that Talos' host DNS keeps working.</summary>
    Ebpf,
}

/// <summary>Who uses the NIC's XDP hook for load balancing.</summary>
public enum AccelerationProfile
{
    /// <summary>Not Cilium: the hook is left to Slipway's own program, or to the validator.</summary>
    Disabled,

    BestEffort,

    Native,
}

public enum ChartSourceKind
{
    Repository,
    Oci,
    Folder,
    Archive,

    /// <summary>The small stand-in that ships inside Slipway; only a rehearsal may use it.</summary>
    StandIn,
}

/// <param name="Location">Repository URL, oci:// reference or path.</param>
public sealed record ChartSource(ChartSourceKind Kind, string Location);

public sealed record CiliumSpec
{
    public static ReleaseVersion DefaultVersion { get; } = new(1, 16, 19);

    public required ReleaseVersion Version { get; init; }

    public required ChartSource Chart { get; init; }

    public MasqueradeProfile Masquerade { get; init; } = MasqueradeProfile.None;

    public AccelerationProfile Acceleration { get; init; } = AccelerationProfile.Disabled;

    /// <summary>Network devices for Cilium; empty lets it detect them.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>All nodes on one L2 segment, so that each can hold direct routes to the others' pods.</summary>
    public bool AutoDirectNodeRoutes { get; init; } = true;

    /// <summary>Chart values that win over the generated ones, as YAML text; null when there are none.</summary>
    public string? ValuesOverride { get; init; }

    /// <summary>Line of the overrides in cluster.yaml, for findings.</summary>
    public int ValuesOverrideLine { get; init; }
}
