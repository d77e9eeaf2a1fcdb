using Slipway.Rehearsal.Files;

namespace Slipway.Rehearsal.Nodes;

/// <summary>Files of a rehearsed node that Read gives out, and the kernel settings behind them.</summary>
internal static class NodeFiles
{
    /// <summary>What Talos sets before the config has a say (pkg/kernel/kspp and the defaults controller).</summary>
    public static IReadOnlyDictionary<string, string> TalosSysctls { get; } = new Dictionary<string, string>
    {
        ["net.core.bpf_jit_harden"] = "2",
        ["kernel.unprivileged_bpf_disabled"] = "1",
        ["kernel.kptr_restrict"] = "2",
        ["kernel.perf_event_paranoid"] = "3",
        ["kernel.yama.ptrace_scope"] = "2",
        ["user.max_user_namespaces"] = "0",
        ["net.ipv4.ip_forward"] = "1",
        ["net.ipv4.ip_local_reserved_ports"] = "50000,50001",
        ["kernel.pid_max"] = "262144",
        ["fs.inotify.max_user_instances"] = "8192",
    };

    public static IReadOnlyDictionary<string, string> Sysctls(RehearsedNode node)
    {
        var all = new SortedDictionary<string, string>(TalosSysctls.ToDictionary(), StringComparer.Ordinal);
        foreach (var (key, value) in node.Active?.Sysctls ?? new Dictionary<string, string>())
        {
            all[Dotted(key)] = value;
        }

        return all;
    }

    public static string KernelDefault(string key) => key switch
    {
        "net.core.bpf_jit_harden" or "net.ipv4.ip_forward" => "0",
        "kernel.pid_max" => "4194304",
        _ => "",
    };

    private const string TalosArguments =
        "talos.platform=metal console=tty0 init_on_alloc=1 slab_nomerge pti=on consoleblank=0 nvme_core.io_timeout=4294967295 printk.devkmsg=on selinux=1 module.sig_enforce=1";

    /// <summary>Talos' own arguments and those of the boot entry; what puts them together gathers those of one name (siderolabs/go-procfs).</summary>
    public static string Cmdline(RehearsedNode node) =>
        string.Join(' ', TalosArguments.Split(' ').Concat(node.Booted.Arguments).GroupBy(argument => argument.Split('=')[0]).SelectMany(same => same));

    /// <summary>Null for what is not there.</summary>
    public static string? Read(RehearsedNode node, string path) => NodeTree.Of(node).GetValueOrDefault(path);

    /// <summary>The names in a folder, each with whether it is a folder itself; null when there is no such folder.</summary>
    public static IReadOnlyList<(string Name, bool IsFolder)>? List(RehearsedNode node, string folder) => NodeTree.List(NodeTree.Of(node).Keys, folder);

    /// <summary>Talos takes <c>net/ipv4/conf/eth0.100/rp_filter</c> for names that hold dots.</summary>
    private static string Dotted(string key) => key.Contains('/', StringComparison.Ordinal) ? key.Replace('/', '.') : key;
}
