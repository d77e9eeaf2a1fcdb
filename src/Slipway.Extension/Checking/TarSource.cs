namespace Slipway.Extension.Checking;

/// <summary>A layout in a tar on disk; its files are read in place.</summary>
internal sealed class TarSource : ILayoutSource
{
    private readonly FileStream _file;
    private readonly Dictionary<string, (long Offset, long Size)> _places = new(StringComparer.Ordinal);

    /// <exception cref="InvalidDataException">This is no tar, or it is damaged.</exception>
    public TarSource(FileStream file, CheckLimits limits, FindingList findings)
    {
        _file = file;
        var tar = new TarScanner(file);
        while (tar.Next() is { } entry)
        {
            if (_places.Count >= limits.Entries)
            {
                throw new InvalidDataException($"more than {limits.Entries:N0} entries");
            }

            if (entry.Kind == TarEntryKind.File && !_places.TryAdd(TarNames.Normalize(entry.Name) ?? "", (file.Position, entry.Size)))
            {
                findings.Error(entry.Name, "is in the archive twice, and who unpacks it decides which one counts");
            }
        }
    }

    public (Stream Content, long Size)? Open(string path) =>
        _places.TryGetValue(path, out var place) ? (new WindowStream(_file, place.Offset, place.Size), place.Size) : null;

    public void Dispose() => _file.Dispose();
}
