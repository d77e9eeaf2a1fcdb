using System.Formats.Tar;

namespace Slipway.Extension.Oci;

/// <summary>
/// A tar whose bytes depend on names, modes and contents alone: no times, no owners, and the Ustar form, since .NET's Pax
/// form puts the process id into its headers. Entries are written in the order of their names.
/// </summary>
internal static class ReproducibleTar
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode Executable = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public static void Write(Stream target, IEnumerable<TarFile> files)
    {
        var all = files.ToList();
        using var writer = new TarWriter(target, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var folder in all.SelectMany(file => FoldersAbove(file.Path)).Concat(all.Where(file => file.IsFolder).Select(file => file.Path)).Distinct().Order(StringComparer.Ordinal))
        {
            writer.WriteEntry(Plain(new UstarTarEntry(TarEntryType.Directory, folder + "/"), Executable));
        }

        foreach (var file in all.Where(file => !file.IsFolder).OrderBy(file => file.Path, StringComparer.Ordinal))
        {
            var entry = Plain(new UstarTarEntry(TarEntryType.RegularFile, file.Path), file.IsExecutable ? Executable : FileMode);
            using var content = new MemoryStream(file.Content.ToArray(), writable: false);
            entry.DataStream = content;
            writer.WriteEntry(entry);
        }
    }

    private static UstarTarEntry Plain(UstarTarEntry entry, UnixFileMode mode)
    {
        entry.Mode = mode;
        entry.ModificationTime = DateTimeOffset.UnixEpoch;
        (entry.Uid, entry.Gid, entry.UserName, entry.GroupName) = (0, 0, "", "");
        return entry;
    }

    private static IEnumerable<string> FoldersAbove(string path)
    {
        for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            yield return path[..slash];
        }
    }
}
