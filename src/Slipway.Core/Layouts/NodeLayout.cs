using Slipway.Core.Spec;

namespace Slipway.Core.Layouts;

/// <summary>
/// All that follows from a node's profile, from the one declaration in cluster.yaml and from nothing else: so the kernel, the
/// kubelet, the NIC and the XDP agent cannot be told different things.
/// </summary>
public sealed record NodeLayout
{
    /// <summary>For a node without a profile, or whose profile says nothing of these things.</summary>
    public static NodeLayout None { get; } = new();

    /// <summary>Words of the kernel's command line, in the order in which they are to stand.</summary>
    public IReadOnlyList<string> KernelArguments { get; init; } = [];

    /// <summary>Paths under /sys with dots (Talos' form; slashes where a name has dots) and what is written there.</summary>
    public IReadOnlyDictionary<string, string> Sysfs { get; init; } = new Dictionary<string, string>();

    /// <summary>CPUs that kubelet keeps from pods that get CPUs of their own; null when the profile divides none.</summary>
    public CpuSet? ReservedCpus { get; init; }

    /// <summary>Where the XDP agent and its packet threads run; null when the profile divides no CPUs.</summary>
    public CpuSet? AgentCpus { get; init; }

    /// <summary>kubelet's topologyManagerPolicy; null when the profile divides no CPUs.</summary>
    public string? TopologyPolicy { get; init; }

    public static NodeLayout Of(NodeSpec node) => node.Layout is not { } profile ? None : new NodeLayout
    {
        KernelArguments = ProfileArguments.Of(profile),
        Sysfs = SysfsSettings.Of(profile, node.Interface),
        // The network CPUs too: a pod with CPUs of its own must not get one that interrupts are steered to.
        ReservedCpus = profile.Cpus is { } cpus ? cpus.Housekeeping.Union(cpus.Network) : null,
        AgentCpus = profile.Cpus?.Network,
        TopologyPolicy = profile.Cpus is null ? null : profile.Cpus.NumaNode is null ? "best-effort" : "single-numa-node",
    };
}
