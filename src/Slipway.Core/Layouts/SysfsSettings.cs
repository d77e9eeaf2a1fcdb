using System.Globalization;
using Slipway.Core.Spec;

namespace Slipway.Core.Layouts;

/// <summary>
/// What a profile wants written under /sys: masks of workqueues, packet steering (Linux:
/// Documentation/networking/scaling.rst), packet processing threads, the smaller huge pages. Interrupt affinities are not
/// here: they live under /proc/irq, where no machine config reaches; the XDP agent sets them.
/// </summary>
internal static class SysfsSettings
{
    public static IReadOnlyDictionary<string, string> Of(ProfileSpec profile, InterfaceSpec? link)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (profile.Cpus is { } cpus)
        {
            settings["devices.virtual.workqueue.cpumask"] = cpus.Housekeeping.ToMask();
        }

        if (profile.HugePages is { Gigantic: > 0, Huge: > 0 } pages)
        {
            settings["kernel.mm.hugepages.hugepages-2048kB.nr_hugepages"] = pages.Huge.ToString(CultureInfo.InvariantCulture);
        }

        foreach (var nic in link?.Nics ?? [])
        {
            foreach (var (key, value) in OfNic(profile, nic))
            {
                settings[key] = value;
            }
        }

        return settings;
    }

    private static IEnumerable<(string Key, string Value)> OfNic(ProfileSpec profile, string name)
    {
        if (profile.Nic is not { } nic)
        {
            yield break;
        }

        if (nic.NapiThreads)
        {
            yield return (Key(name, "threaded"), "1");
        }

        if (profile.Client == ValidatorClient.Firedancer)
        {
            // Its sockets poll; interrupts only get in their way (Firedancer: configure stage sysfs-poll).
            yield return (Key(name, "napi_defer_hard_irqs"), "2");
            yield return (Key(name, "gro_flush_timeout"), "200000");
        }

        foreach (var setting in profile.Cpus is null ? [] : Steering(name, nic.Queues, profile.Cpus))
        {
            yield return setting;
        }
    }

    private static IEnumerable<(string Key, string Value)> Steering(string link, int? queues, CpuLayoutSpec cpus)
    {
        if (queues == 1)
        {
            // One queue is one CPU's interrupt; software spreads its packets, after XDP. There is no choice of a TX queue,
            // and the kernel refuses xps_cpus (net/core/net-sysfs.c, xps_cpus_store).
            yield return (Key(link, "queues", "rx-0", "rps_cpus"), cpus.Network.ToMask());
            yield break;
        }

        // Each CPU sends through one queue, and the queues have as many CPUs as one another.
        var all = cpus.All.Cpus;
        for (var queue = 0; queue < queues; queue++)
        {
            var senders = new CpuSet(all.Where((_, index) => index % queues == queue));
            yield return (Key(link, "queues", string.Create(CultureInfo.InvariantCulture, $"tx-{queue}"), "xps_cpus"), senders.ToMask());
        }
    }

    /// <summary>Talos turns dots into slashes, unless a slash comes first (Talos: pkg/machinery/kernel/kernel.go, Path).</summary>
    private static string Key(string link, params IEnumerable<string> below)
    {
        string[] parts = ["class", "net", link, .. below];
        return string.Join(link.Contains('.', StringComparison.Ordinal) ? '/' : '.', parts);
    }
}
