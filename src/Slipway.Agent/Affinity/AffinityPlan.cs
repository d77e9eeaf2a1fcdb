using System.Globalization;
using Slipway.Agent.Configuration;

namespace Slipway.Agent.Affinity;

/// <summary>Which knobs an interface has, and what the wishes make of them (kernel: Documentation/networking/scaling.rst, core-api/irq/irq-affinity.rst).</summary>
internal static class AffinityPlan
{
    public static IReadOnlyList<KnobSetting> Of(AffinityConfig wishes, IEnumerable<string> interfaces, SystemFolders folders)
    {
        var settings = new List<KnobSetting>();
        foreach (var name in interfaces)
        {
            var nic = Path.Combine(folders.Sys, "class/net", name);
            settings.AddRange(Irqs(wishes, nic, folders));
            settings.AddRange(Queues(nic, "rx-").Where(_ => wishes.Rps.Count > 0)
                .Select(queue => new KnobSetting(Path.Combine(queue, "rps_cpus"), CpuList.Mask(wishes.Rps))));
            settings.AddRange(Xps(wishes, nic));
            if (wishes.ThreadedNapi is { } threaded && File.Exists(Path.Combine(nic, "threaded")))
            {
                settings.Add(new KnobSetting(Path.Combine(nic, "threaded"), threaded ? "1" : "0"));
            }
        }

        return settings;
    }

    private static IEnumerable<KnobSetting> Irqs(AffinityConfig wishes, string nic, SystemFolders folders)
    {
        if (wishes.Irq.Count == 0)
        {
            yield break;
        }

        // A virtio NIC's interrupts are its PCI function's, one folder up.
        var device = Path.Combine(nic, "device");
        var numbers = new[] { Path.Combine(device, "msi_irqs"), Path.Combine(Resolve(device), "../msi_irqs") }
            .Where(Directory.Exists)
            .Take(1)
            .SelectMany(Directory.EnumerateFileSystemEntries)
            .Select(entry => int.TryParse(Path.GetFileName(entry), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1)
            .Where(number => number >= 0)
            .Order();
        foreach (var (index, number) in numbers.Index())
        {
            yield return new KnobSetting(
                Path.Combine(folders.Proc, "irq", number.ToString(CultureInfo.InvariantCulture), "smp_affinity_list"),
                wishes.Irq[index % wishes.Irq.Count].ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>A CPU has one TX queue and a queue several CPUs, when there are more CPUs than queues; then the other way round.</summary>
    private static IEnumerable<KnobSetting> Xps(AffinityConfig wishes, string nic)
    {
        var queues = wishes.Xps.Count > 0 ? Queues(nic, "tx-") : [];
        for (var i = 0; i < queues.Count; i++)
        {
            List<int> cpus = queues.Count >= wishes.Xps.Count
                ? [wishes.Xps[i % wishes.Xps.Count]]
                : [.. wishes.Xps.Where((_, index) => index % queues.Count == i)];
            yield return new KnobSetting(Path.Combine(queues[i], "xps_cpus"), CpuList.Mask(cpus));
        }
    }

    private static IReadOnlyList<string> Queues(string nic, string prefix)
    {
        var folder = Path.Combine(nic, "queues");
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateDirectories(folder, prefix + "*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal)]
            : [];
    }

    private static string Resolve(string link) =>
        Directory.Exists(link) ? Directory.ResolveLinkTarget(link, returnFinalTarget: true)?.FullName ?? link : link;
}
