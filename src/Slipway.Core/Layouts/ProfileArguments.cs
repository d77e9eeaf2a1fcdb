using System.Globalization;
using Slipway.Core.Spec;

namespace Slipway.Core.Layouts;

/// <summary>The kernel arguments of a profile (Linux: Documentation/admin-guide/kernel-parameters.txt).</summary>
internal static class ProfileArguments
{
    public static IReadOnlyList<string> Of(ProfileSpec profile) =>
    [
        .. profile.Cpus is { } cpus ? Cpus(cpus) : [],
        .. HugePages(profile.HugePages),
        .. profile.KernelArgs,
    ];

    private static IEnumerable<string> Cpus(CpuLayoutSpec cpus)
    {
        if (cpus.Isolation != CpuIsolation.None)
        {
            yield return $"isolcpus=managed_irq,{(cpus.Isolation == CpuIsolation.Full ? "domain," : "")}{cpus.Workload}";
        }

        // The network CPUs belong in it: an interrupt cannot be moved later to a CPU that its default mask has not.
        yield return $"irqaffinity={cpus.Housekeeping.Union(cpus.Network)}";
        if (cpus.Tickless)
        {
            yield return $"nohz_full={cpus.Workload}";
            yield return $"rcu_nocbs={cpus.Workload}";
        }

        if (cpus.Governor is { } governor)
        {
            yield return $"cpufreq.default_governor={governor}";
        }

        if (cpus.FrequencyDriver is { } driver)
        {
            yield return $"{driver.Vendor}_pstate={driver.Mode}";
        }

        if (cpus.ShallowIdle)
        {
            yield return "processor.max_cstate=1";
            yield return "intel_idle.max_cstate=0";
        }
    }

    /// <summary>
    /// One size only, the larger: what puts a command line together for Talos gathers arguments of one name in one place
    /// (siderolabs/go-procfs, Cmdline.Append), and of two pairs <c>hugepagesz= hugepages=</c> the kernel would then read both
    /// counts for the second size. The smaller size is set through /sys (<see cref="SysfsSettings"/>).
    /// </summary>
    private static IEnumerable<string> HugePages(HugePagesSpec pages) => pages switch
    {
        { Gigantic: > 0 } => ["hugepagesz=1G", string.Create(CultureInfo.InvariantCulture, $"hugepages={pages.Gigantic}")],
        { Huge: > 0 } => ["hugepagesz=2M", string.Create(CultureInfo.InvariantCulture, $"hugepages={pages.Huge}")],
        _ => [],
    };
}
