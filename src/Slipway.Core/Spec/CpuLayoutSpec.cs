namespace Slipway.Core.Spec;

/// <summary>Which CPUs do what. The sets do not overlap, except that the network may be left to the housekeeping CPUs.</summary>
public sealed record CpuLayoutSpec
{
    /// <summary>Kernel threads, kubelet, container runtime and every pod that has no CPUs of its own.</summary>
    public required CpuSet Housekeeping { get; init; }

    /// <summary>Interrupts of the NIC, packet processing and the XDP agent; the housekeeping CPUs when the spec names none.</summary>
    public required CpuSet Network { get; init; }

    /// <summary>Pods with whole CPUs of their own (Guaranteed QoS): the validator.</summary>
    public required CpuSet Workload { get; init; }

    /// <summary>Every CPU that is spoken of.</summary>
    public CpuSet All => Housekeeping.Union(Network).Union(Workload);

    /// <summary>The NUMA node that NIC, network and workload CPUs belong to; null when it does not matter.</summary>
    public int? NumaNode { get; init; }

    public CpuIsolation Isolation { get; init; } = CpuIsolation.None;

    /// <summary>nohz_full and rcu_nocbs on the workload CPUs. The kernel of Talos is built without both, so only an own kernel can have it.</summary>
    public bool Tickless { get; init; }

    /// <summary>cpufreq's governor; null leaves the kernel's default (schedutil).</summary>
    public string? Governor { get; init; }

    /// <summary>Mode of amd_pstate or intel_pstate; null leaves the kernel's default.</summary>
    public FrequencyDriver? FrequencyDriver { get; init; }

    /// <summary>True keeps idle CPUs in C1, from where they wake within a microsecond or so.</summary>
    public bool ShallowIdle { get; init; }

    /// <summary>True gives pods whole cores only, never one of two siblings (kubelet: full-pcpus-only).</summary>
    public bool WholeCores { get; init; }
}

/// <summary>How far the kernel keeps its own work off the workload CPUs.</summary>
public enum CpuIsolation
{
    None,

    /// <summary>Interrupts that drivers spread by themselves stay away; the scheduler goes on balancing (isolcpus=managed_irq).</summary>
    Interrupts,

    /// <summary>
    /// The scheduler leaves the CPUs alone too (isolcpus=managed_irq,domain). Threads that nobody pins then stay on one CPU,
    /// all of them: only for programs that pin every thread, as Firedancer does.
    /// </summary>
    Full,
}

/// <param name="Vendor">amd or intel.</param>
/// <param name="Mode">active, guided or passive.</param>
public sealed record FrequencyDriver(string Vendor, string Mode);
