using System.Globalization;
using Slipway.Core.Doctor;
using Slipway.Rehearsal.Hardware;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Resources;

namespace Slipway.Rehearsal.Files;

/// <summary>/sys: devices as the hardware has them and as image and config set them.</summary>
internal static class SysFiles
{
    public static void Add(RehearsedNode node, IDictionary<string, string> files)
    {
        files["/sys/kernel/btf/vmlinux"] = "\n";
        files["/sys/kernel/security/lockdown"] = "[none] integrity confidentiality\n";
        Processors(node, files);
        Hugepages(node, files);
        foreach (var link in node.Plate.Hardware.Links)
        {
            Link(node, link, files);
        }

        foreach (var (key, value) in node.Active?.Sysfs ?? new Dictionary<string, string>())
        {
            files[KernelPath.Of("/sys", key)] = value + "\n";
        }
    }

    private static void Processors(RehearsedNode node, IDictionary<string, string> files)
    {
        var threads = node.Plate.Hardware.Threads;
        var all = string.Create(CultureInfo.InvariantCulture, $"0-{threads - 1}\n");
        files["/sys/devices/system/node/online"] = "0\n";
        files["/sys/devices/system/node/node0/cpulist"] = all;
        files["/sys/devices/system/cpu/online"] = all;
        files["/sys/devices/system/cpu/present"] = all;
        files["/sys/devices/system/cpu/isolated"] = IsolatedBy(Argument(node, "isolcpus")) + "\n";
        files["/sys/devices/virtual/workqueue/cpumask"] = new string('f', threads / 4) + "\n";
        var governor = Argument(node, "cpufreq.default_governor") ?? "schedutil";
        for (var cpu = 0; cpu < threads; cpu++)
        {
            files[string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpu{cpu}/topology/core_id")] = "0\n";
            files[string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/node/node0/cpu{cpu}/topology/core_id")] = "0\n";
            files[string.Create(CultureInfo.InvariantCulture, $"/sys/devices/system/cpu/cpufreq/policy{cpu}/scaling_governor")] = governor + "\n";
        }
    }

    private static void Hugepages(RehearsedNode node, IDictionary<string, string> files)
    {
        var counts = new Dictionary<string, string> { ["2M"] = "0", ["1G"] = "0" };
        var size = Argument(node, "default_hugepagesz") ?? "2M";
        foreach (var argument in NodeFiles.Cmdline(node).Split(' '))
        {
            if (argument.StartsWith("hugepagesz=", StringComparison.Ordinal))
            {
                size = argument["hugepagesz=".Length..];
            }
            else if (argument.StartsWith("hugepages=", StringComparison.Ordinal))
            {
                counts[size] = argument["hugepages=".Length..];
            }
        }

        files["/sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"] = counts["2M"] + "\n";
        files["/sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages"] = counts["1G"] + "\n";
    }

    private static void Link(RehearsedNode node, LinkHardware link, IDictionary<string, string> files)
    {
        var root = $"/sys/class/net/{link.Name}";
        files[$"{root}/address"] = link.Mac + "\n";
        files[$"{root}/mtu"] = string.Create(CultureInfo.InvariantCulture, $"{NodeLinks.Mtu(node, link.Name)}\n");
        files[$"{root}/threaded"] = "0\n";
        files[$"{root}/gro_flush_timeout"] = "0\n";
        files[$"{root}/napi_defer_hard_irqs"] = "0\n";
        files[$"{root}/device/numa_node"] = "0\n";
        files[$"{root}/device/sriov_totalvfs"] = "8\n";
        files[$"{root}/device/sriov_numvfs"] = "0\n";
        for (var queue = 0; queue < NodeLinks.Queues(node, link.Name); queue++)
        {
            files[string.Create(CultureInfo.InvariantCulture, $"{root}/queues/rx-{queue}/rps_cpus")] = "0\n";
            files[string.Create(CultureInfo.InvariantCulture, $"{root}/queues/tx-{queue}/xps_cpus")] = "0\n";
        }
    }

    private static string? Argument(RehearsedNode node, string name) =>
        NodeFiles.Cmdline(node).Split(' ').LastOrDefault(argument => argument.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..];

    /// <summary>The argument may begin with flags, of which the kernel's list knows nothing.</summary>
    private static string IsolatedBy(string? argument) =>
        string.Join(',', (argument ?? "").Split(',').Where(part => part.Length > 0 && char.IsAsciiDigit(part[0])));
}
