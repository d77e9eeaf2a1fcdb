using System.Globalization;
using Slipway.Core.Doctor;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Files;

/// <summary>/proc: what the kernel was told, and what it says of itself.</summary>
internal static class ProcFiles
{
    /// <summary>What Linux has where neither Talos nor a config says otherwise.</summary>
    private static readonly Dictionary<string, string> Defaults = new()
    {
        ["/proc/sys/fs/file-max"] = "9223372036854775807",
        ["/proc/sys/fs/nr_open"] = "1048576",
        ["/proc/sys/kernel/io_uring_disabled"] = "0",
        ["/proc/sys/net/core/bpf_jit_enable"] = "1",
        ["/proc/sys/net/core/netdev_max_backlog"] = "1000",
        ["/proc/sys/net/core/rmem_default"] = "212992",
        ["/proc/sys/net/core/rmem_max"] = "212992",
        ["/proc/sys/net/core/wmem_default"] = "212992",
        ["/proc/sys/net/core/wmem_max"] = "212992",
        ["/proc/sys/vm/max_map_count"] = "65530",
        ["/proc/sys/vm/swappiness"] = "60",
    };

    public static void Add(RehearsedNode node, IDictionary<string, string> files)
    {
        foreach (var (path, value) in Defaults)
        {
            files[path] = value + "\n";
        }

        foreach (var (key, value) in NodeFiles.TalosSysctls.Concat(node.Active?.Sysctls ?? new Dictionary<string, string>()))
        {
            files[KernelPath.Of("/proc/sys", key)] = value + "\n";
        }

        var kernel = Kernel(node);
        files["/proc/sys/kernel/osrelease"] = kernel + "\n";
        files["/proc/sys/kernel/random/boot_id"] = node.BootId + "\n";
        files["/proc/cmdline"] = NodeFiles.Cmdline(node) + "\n";
        files["/proc/uptime"] = string.Create(CultureInfo.InvariantCulture, $"{(node.World.Clock.GetUtcNow() - node.BootedAt).TotalSeconds:F2} 0.00\n");
        files["/proc/version"] = $"Linux version {kernel} (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC\n";
        files["/proc/meminfo"] = string.Create(CultureInfo.InvariantCulture, $"MemTotal:       {(node.Plate.Hardware.MemoryMiB - 8192L) * 1024} kB\nMemFree:        {(node.Plate.Hardware.MemoryMiB - 16384L) * 1024} kB\n");
        files["/proc/mounts"] = Mounts(node);
    }

    /// <summary>Talos moves to a newer long-term kernel with some of its lines.</summary>
    private static string Kernel(RehearsedNode node) => node.Traits.Version.IsAtLeast(1, 12) ? "6.18.45-talos" : "6.12.57-talos";

    private static string Mounts(RehearsedNode node)
    {
        var disk = node.Disk.System is { } system
            ? $"{system.Path}p4 /system/state xfs rw,nosuid,nodev,noexec,relatime 0 0\n{system.Path}p5 /var xfs rw,nosuid,nodev,relatime 0 0\n"
            : "";
        return $"""
            proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0
            sysfs /sys sysfs rw,nosuid,nodev,noexec,relatime 0 0
            none /sys/fs/bpf bpf rw,nosuid,nodev,noexec,relatime,mode=700 0 0
            cgroup2 /sys/fs/cgroup cgroup2 rw,nosuid,nodev,noexec,relatime,nsdelegate 0 0
            hugetlbfs /dev/hugepages hugetlbfs rw,nosuid,nodev,relatime,pagesize=2M 0 0
            {disk}
            """.TrimEnd('\n') + "\n";
    }
}
