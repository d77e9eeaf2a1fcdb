using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Files;

/// <summary>
/// The files of a rehearsed node that somebody may ask for: what its config, its image and its hardware make of them. Made when
/// asked for, since nobody looks at most nodes of a large rehearsal.
/// </summary>
internal static class NodeTree
{
    private static readonly string[] EmptyFolders = ["/opt", "/sys/fs/bpf", "/sys/fs/cgroup", "/system", "/usr"];

    /// <summary>Content by absolute path.</summary>
    public static SortedDictionary<string, string> Of(RehearsedNode node)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        ProcFiles.Add(node, files);
        SysFiles.Add(node, files);
        EtcFiles.Add(node, files);
        FilterFiles.Add(node, files);
        foreach (var fault in node.World.Faults.Where(fault => fault.Strikes(FaultKind.File, node.Plate.Name)))
        {
            if (fault.Content is { } content)
            {
                files[fault.Path!] = content + "\n";
            }
            else
            {
                files.Remove(fault.Path!);
            }
        }

        return files;
    }

    /// <summary>The names right below a folder; null when no path leads through it.</summary>
    public static IReadOnlyList<(string Name, bool IsFolder)>? List(IEnumerable<string> paths, string folder)
    {
        var prefix = folder.TrimEnd('/') + "/";
        var names = new SortedDictionary<string, bool>(StringComparer.Ordinal);
        foreach (var (path, isFolder) in paths.Select(path => (path, false)).Concat(EmptyFolders.Select(path => (path, true))))
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                var rest = path[prefix.Length..];
                var slash = rest.IndexOf('/', StringComparison.Ordinal);
                names[slash < 0 ? rest : rest[..slash]] = isFolder || slash >= 0;
            }
        }

        return names.Count > 0 || EmptyFolders.Contains(folder.TrimEnd('/')) ? [.. names.Select(pair => (pair.Key, pair.Value))] : null;
    }
}
