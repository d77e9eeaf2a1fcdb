using Slipway.Extension.Building;

namespace Slipway.Extension.Checking;

/// <summary>Which files an extension may bring, and of which kind (Talos: <c>pkg/machinery/extensions</c>, AllowedPaths and validateContents).</summary>
internal static class PathRules
{
    private const UnixFileMode SetIds = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    /// <summary>Talos compares the beginnings of paths as texts: <c>/usr/localx</c> passes there, and a node mounts it over nothing.</summary>
    private static readonly string[] s_allowed =
    [
        "/etc/cri/conf.d", "/usr/lib/firmware", "/usr/lib/modules", "/usr/lib/ld-linux-x86-64.so.2", "/usr/lib/ld-linux-aarch64.so.1",
        "/usr/bin/ldconfig", "/etc/ld.so.conf", "/etc/ld.so.cache", "/usr/bin/nvidia-modprobe", "/usr/bin/nvidia-pcc", "/usr/bin/nvidia-smi",
        "/usr/bin/nvidia-ctk", "/usr/bin/nvidia-cdi-hook", "/usr/bin/nvme", "/usr/lib/udev/rules.d", "/usr/local", "/usr/share/glvnd",
        "/usr/share/egl", "/etc/vulkan",
    ];

    public static void Apply(FileTree tree, FindingList findings)
    {
        foreach (var entry in tree.Entries.Where(entry => entry.Path.StartsWith(ExtensionLayout.Rootfs + "/", StringComparison.Ordinal)))
        {
            var path = entry.Path[ExtensionLayout.Rootfs.Length..];
            if (entry.Kind == TarEntryKind.Special)
            {
                findings.Error(entry.Path, "is a device, a pipe or of an unknown kind, which Talos refuses", "files, folders and symbolic links");
                continue;
            }

            if (entry.Kind != TarEntryKind.Folder && !s_allowed.Any(allowed => path.StartsWith(allowed, StringComparison.Ordinal)))
            {
                var moved = path.StartsWith("/lib/", StringComparison.Ordinal) || path.StartsWith("/bin/", StringComparison.Ordinal) || path.StartsWith("/sbin/", StringComparison.Ordinal);
                findings.Error(entry.Path, "Talos allows no extension to bring this path", "below /usr/local, or one of the few others", moved ? $"since Talos 1.10 it is /usr{path}" : null);
            }

            if (entry.Kind == TarEntryKind.SymbolicLink)
            {
                Link(entry, path, tree, findings);
            }
            else if (entry.Mode.HasFlag(UnixFileMode.OtherWrite) && !entry.Mode.HasFlag(UnixFileMode.StickyBit))
            {
                findings.Warning(entry.Path, "everybody may write it, which Talos says it refuses");
            }

            if (entry.Kind == TarEntryKind.File && (entry.Mode & SetIds) != 0)
            {
                findings.Warning(entry.Path, "runs as its owner, and on Talos everything is owned by root");
            }
        }
    }

    private static void Link(TreeEntry entry, string path, FileTree tree, FindingList findings)
    {
        var target = entry.Link.StartsWith('/') ? entry.Link : $"{path[..path.LastIndexOf('/')]}/{entry.Link}";
        var parts = new List<string>();
        foreach (var part in target.Split('/').Where(part => part is not ("" or ".")))
        {
            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count > 0)
            {
                parts.RemoveAt(parts.Count - 1);
            }
            else
            {
                findings.Error(entry.Path, $"this link leads out of the root: {entry.Link}");
                return;
            }
        }

        // A container's own root makes an absolute link mean something else inside; Talos' own files may be meant as well.
        var resolved = ExtensionLayout.Rootfs + "/" + string.Join('/', parts);
        var inContainer = path.StartsWith(ExtensionLayout.Containers + "/", StringComparison.Ordinal) && entry.Link.StartsWith('/');
        if (!inContainer && tree.Find(resolved) is null && !tree.HasFolder(resolved))
        {
            findings.Warning(entry.Path, $"the extension does not bring what this link names: {entry.Link}");
        }
    }
}
