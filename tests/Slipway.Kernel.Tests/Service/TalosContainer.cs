using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Extension.Services;

namespace Slipway.Kernel.Tests.Service;

/// <summary>
/// A service definition as the OCI runtime configuration that Talos makes of it (Talos:
/// <c>internal/app/machined/pkg/system/services/extension.go</c>, and containerd's defaults, <c>pkg/oci</c>): host's network and IPC, PID,
/// mounts and host name of its own, all capabilities but two, a root that is read-only, containerd's filter of system calls.
/// </summary>
internal static class TalosContainer
{
    /// <summary>By their numbers (linux/capability.h).</summary>
    private static readonly string[] s_capabilities =
    [
        "CHOWN", "DAC_OVERRIDE", "DAC_READ_SEARCH", "FOWNER", "FSETID", "KILL", "SETGID", "SETUID", "SETPCAP", "LINUX_IMMUTABLE", "NET_BIND_SERVICE",
        "NET_BROADCAST", "NET_ADMIN", "NET_RAW", "IPC_LOCK", "IPC_OWNER", "SYS_MODULE", "SYS_RAWIO", "SYS_CHROOT", "SYS_PTRACE", "SYS_PACCT", "SYS_ADMIN",
        "SYS_BOOT", "SYS_NICE", "SYS_RESOURCE", "SYS_TIME", "SYS_TTY_CONFIG", "MKNOD", "LEASE", "AUDIT_WRITE", "AUDIT_CONTROL", "SETFCAP", "MAC_OVERRIDE",
        "MAC_ADMIN", "SYSLOG", "WAKE_ALARM", "BLOCK_SUSPEND", "AUDIT_READ", "PERFMON", "BPF", "CHECKPOINT_RESTORE",
    ];

    private static readonly string[] s_withheld = ["SYS_BOOT", "SYS_MODULE"];

    /// <summary>containerd's own lists, for a definition that has none.</summary>
    private static readonly string[] s_masked =
        ["/proc/acpi", "/proc/asound", "/proc/kcore", "/proc/keys", "/proc/latency_stats", "/proc/timer_list", "/proc/timer_stats", "/proc/sched_debug", "/sys/firmware", "/proc/scsi"];

    private static readonly string[] s_readonly = ["/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger"];

    /// <summary>
    /// The system calls of x86-64 that containerd's default filter leaves out for a container with these capabilities (containerd:
    /// contrib/seccomp/seccomp_default.go). There everything else is listed; the effect is the same on every kernel of today.
    /// </summary>
    private static readonly string[] s_refused =
    [
        "uselib", "ustat", "sysfs", "pivot_root", "_sysctl", "swapon", "swapoff", "create_module", "get_kernel_syms", "query_module", "nfsservctl", "getpmsg", "putpmsg",
        "afs_syscall", "tuxcall", "security", "vserver", "kexec_load", "kexec_file_load", "add_key", "request_key", "keyctl", "migrate_pages", "move_pages", "userfaultfd",
        "io_uring_setup", "io_uring_enter", "io_uring_register", "reboot", "init_module", "finit_module", "delete_module",
    ];

    /// <summary>Address families that it lets nobody have: AF_ALG and AF_VSOCK.</summary>
    private static readonly int[] s_families = [38, 40];

    /// <param name="service">The definition of the image.</param>
    /// <param name="root">The container's root as it was unpacked.</param>
    /// <param name="network">What the host's network is in this test.</param>
    /// <param name="host">Where a path of the host is in this test.</param>
    /// <param name="configFiles">What an ExtensionServiceConfig adds: source and mount path.</param>
    public static JsonObject Spec(ServiceDefinition service, string root, string network, Func<string, string> host, IEnumerable<(string Source, string Path)> configFiles) => new()
    {
        ["ociVersion"] = "1.0.2",
        ["process"] = new JsonObject
        {
            ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
            ["args"] = Texts([service.Entrypoint, .. service.Arguments]),
            ["env"] = Texts(["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", .. service.Environment]),
            ["cwd"] = "/",
            ["capabilities"] = new JsonObject { ["bounding"] = Capabilities(), ["effective"] = Capabilities(), ["permitted"] = Capabilities() },
            ["noNewPrivileges"] = true,
            // To be spared takes a right that root itself may not have where tests run in a container.
            ["oomScoreAdj"] = Held("SYS_RESOURCE") ? -600 : 0,
        },
        ["root"] = new JsonObject { ["path"] = root, ["readonly"] = !service.WriteableRootfs },
        ["hostname"] = service.Name,
        ["mounts"] = new JsonArray(
        [
            Mount("proc", "/proc", "proc", "nosuid", "noexec", "nodev"),
            Mount("tmpfs", "/dev", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
            Mount("devpts", "/dev/pts", "devpts", "nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620", "gid=5"),
            Mount("shm", "/dev/shm", "tmpfs", "nosuid", "noexec", "nodev", "mode=1777", "size=65536k"),
            Mount("sysfs", "/sys", "sysfs", "nosuid", "noexec", "nodev", service.WriteableSysfs ? "rw" : "ro"),
            Mount("tmpfs", "/run", "tmpfs", "nosuid", "strictatime", "mode=755", "size=65536k"),
            .. service.Mounts.Select(mount => Mount(host(mount.Source), mount.Destination, mount.Type, [.. mount.Options])),
            .. configFiles.Select(file => Mount(file.Source, file.Path, "bind", "rbind", "ro")),
        ]),
        ["linux"] = new JsonObject
        {
            ["namespaces"] = new JsonArray(
                new JsonObject { ["type"] = "network", ["path"] = network },
                new JsonObject { ["type"] = "pid" },
                new JsonObject { ["type"] = "mount" },
                new JsonObject { ["type"] = "uts" }),
            ["resources"] = new JsonObject { ["devices"] = new JsonArray(new JsonObject { ["allow"] = true, ["access"] = "rwm" }) },
            ["seccomp"] = new JsonObject
            {
                ["defaultAction"] = "SCMP_ACT_ALLOW",
                ["architectures"] = new JsonArray("SCMP_ARCH_X86_64"),
                ["syscalls"] = new JsonArray(
                [
                    new JsonObject { ["names"] = Texts(s_refused), ["action"] = "SCMP_ACT_ERRNO" },
                    .. s_families.Select(family => new JsonObject
                    {
                        ["names"] = new JsonArray("socket"),
                        ["action"] = "SCMP_ACT_ERRNO",
                        ["args"] = new JsonArray(new JsonObject { ["index"] = 0, ["value"] = family, ["op"] = "SCMP_CMP_EQ" }),
                    }),
                ]),
            },
            ["maskedPaths"] = Texts(service.MaskedPaths ?? s_masked),
            ["readonlyPaths"] = Texts(service.ReadonlyPaths ?? s_readonly),
        },
    };

    private static JsonObject Mount(string source, string destination, string type, params IEnumerable<string> options) =>
        new() { ["source"] = source, ["destination"] = destination, ["type"] = type, ["options"] = Texts(options) };

    /// <summary>Nobody can give what this machine's root has not.</summary>
    private static JsonArray Capabilities() => Texts(s_capabilities.Except(s_withheld).Where(Held).Select(name => "CAP_" + name));

    private static bool Held(string capability)
    {
        var bounds = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("CapBnd:", StringComparison.Ordinal));
        return (ulong.Parse(bounds[7..].Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) >> Array.IndexOf(s_capabilities, capability) & 1) != 0;
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);
}
