using Slipway.Extension.Building;

namespace Slipway.Extension.Checking;

/// <summary>The layers of an image laid over each other, with whiteouts applied (OCI image-spec, layer.md).</summary>
internal sealed class FileTree(FindingList findings, CheckLimits limits)
{
    private const string Whiteout = ".wh.";
    private const string Opaque = ".wh..wh..opq";

    private readonly Dictionary<string, TreeEntry> _entries = new(StringComparer.Ordinal);
    // What lies below a folder is found without looking at everything: an archive may ask for that a hundred thousand times.
    private readonly SortedSet<string> _paths = new(StringComparer.Ordinal);
    private int _seen;

    /// <summary>In the order of their paths.</summary>
    public IEnumerable<TreeEntry> Entries => _paths.Select(path => _entries[path]);

    public TreeEntry? Find(string path) => _entries.GetValueOrDefault(path);

    public bool HasFolder(string path) => _entries.TryGetValue(path, out var entry)
        ? entry.Kind == TarEntryKind.Folder
        : Below(path).Any();

    /// <summary>Lays one more layer on top.</summary>
    /// <exception cref="InvalidDataException">The layer is damaged, or too large.</exception>
    public void Add(TarScanner layer)
    {
        var ofLayer = new HashSet<string>(StringComparer.Ordinal);
        while (layer.Next() is { } item)
        {
            if (++_seen > limits.Entries)
            {
                throw new InvalidDataException($"more than {limits.Entries:N0} entries");
            }

            if (TarNames.Normalize(item.Name) is not { } path)
            {
                findings.Error(item.Name, "this name leads out of the image", "a path below the root, without '..'");
            }
            else if (path.Length > 0 && IsFree(path, item, ofLayer))
            {
                Put(path, item, layer, ofLayer);
            }
        }
    }

    private bool IsFree(string path, TarItem item, HashSet<string> ofLayer)
    {
        foreach (var above in TarNames.Above(path))
        {
            if (_entries.TryGetValue(above, out var entry) && entry.Kind != TarEntryKind.Folder)
            {
                findings.Error(path, entry.Kind == TarEntryKind.SymbolicLink ? $"lies behind the link {above}, which leads to {entry.Link}" : $"lies below {above}, which is no folder");
                return false;
            }
        }

        if (!ofLayer.Add(path) && !(item.Kind == TarEntryKind.Folder && Find(path)?.Kind == TarEntryKind.Folder))
        {
            findings.Error(path, "is in the layer twice, and who unpacks it decides which one counts");
            return false;
        }

        return true;
    }

    private void Put(string path, TarItem item, TarScanner layer, HashSet<string> ofLayer)
    {
        var slash = path.LastIndexOf('/');
        var (folder, name) = slash < 0 ? ("", path) : (path[..(slash + 1)], path[(slash + 1)..]);
        if (name == Opaque)
        {
            Remove((folder.Length == 0 ? _paths : Below(folder[..^1])).Where(key => !ofLayer.Contains(key)));
        }
        else if (name.StartsWith(Whiteout, StringComparison.Ordinal))
        {
            var hidden = folder + name[Whiteout.Length..];
            Remove(Below(hidden).Append(hidden));
        }
        else if (item.Kind == TarEntryKind.HardLink)
        {
            PutHardLink(path, item);
        }
        else
        {
            if (item.Kind != TarEntryKind.Folder && Find(path)?.Kind == TarEntryKind.Folder)
            {
                Remove(Below(path));
            }

            _paths.Add(path);
            _entries[path] = new TreeEntry(path, item.Kind, item.Mode, item.Size, item.Link, ContentOf(path, item, layer));
        }
    }

    private void PutHardLink(string path, TarItem item)
    {
        if (TarNames.Normalize(item.Link) is { } target && Find(target) is { Kind: TarEntryKind.File } file)
        {
            _paths.Add(path);
            _entries[path] = file with { Path = path, Content = IsLookedInto(path) ? file.Content : null };
            return;
        }

        findings.Error(path, $"is a hard link to {item.Link}, which is no file of the image");
    }

    private byte[]? ContentOf(string path, TarItem item, TarScanner layer)
    {
        if (item.Kind != TarEntryKind.File || !IsLookedInto(path))
        {
            return null;
        }

        if (item.Size <= limits.ReadFile)
        {
            return layer.Content(limits.ReadFile);
        }

        findings.Error(path, $"has {item.Size:N0} bytes", $"at most {limits.ReadFile:N0}");
        return null;
    }

    private static bool IsLookedInto(string path) =>
        path == ExtensionLayout.Manifest || path.StartsWith(ExtensionLayout.Rootfs + ExtensionLayout.Services + "/", StringComparison.Ordinal);

    /// <summary>Every path below a folder; <c>0</c> is the character after the slash.</summary>
    private IEnumerable<string> Below(string folder) => _paths.GetViewBetween(folder + "/", folder + "0").Where(path => path.Length > folder.Length && path[folder.Length] == '/');

    private void Remove(IEnumerable<string> hidden)
    {
        foreach (var key in hidden.ToList())
        {
            _entries.Remove(key);
            _paths.Remove(key);
        }
    }
}
