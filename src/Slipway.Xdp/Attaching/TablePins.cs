using System.Globalization;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// The node's tables, pinned as one numbered set. A new set is pinned whole before the old one goes, and only a whole one counts:
/// an agent that is killed half-way leaves one of the two.
/// </summary>
internal sealed class TablePins(string folder)
{
    private const string Prefix = "tables-";

    /// <summary>The newest whole set, by the maps' names in the object; empty when there is none. What else a kill left goes.</summary>
    public IReadOnlyDictionary<string, BpfHandle> Open()
    {
        Dictionary<string, BpfHandle> found = [];
        foreach (var set in Sets().OrderDescending())
        {
            if (found.Count > 0 || TryOpen(set) is not { } whole)
            {
                Drop(set);
                continue;
            }

            found = whole;
        }

        return found;
    }

    /// <summary>Puts these maps in the place of any that are here.</summary>
    public void Keep(IReadOnlyDictionary<string, BpfHandle> maps)
    {
        var old = Sets();
        var next = old.DefaultIfEmpty().Max() + 1;
        Directory.CreateDirectory(PathOf(next));
        foreach (var name in MapNames.Shared)
        {
            PinFile.Make(maps[name], PinOf(next, name));
        }

        old.ForEach(Drop);
    }

    public void Clear() => Sets().ForEach(Drop);

    private List<int> Sets() =>
    [
        .. Directory.EnumerateDirectories(folder, Prefix + "*")
            .Select(path => int.TryParse(Path.GetFileName(path).AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 0)
            .Where(set => set > 0),
    ];

    private Dictionary<string, BpfHandle>? TryOpen(int set)
    {
        var found = new Dictionary<string, BpfHandle>(StringComparer.Ordinal);
        foreach (var name in MapNames.Shared)
        {
            if (Bpf.OpenPin(PinOf(set, name)) is { } map)
            {
                found[name] = map;
            }
        }

        if (found.Count == MapNames.Shared.Count)
        {
            return found;
        }

        foreach (var map in found.Values)
        {
            map.Dispose();
        }

        return null;
    }

    private void Drop(int set)
    {
        foreach (var pin in Directory.GetFiles(PathOf(set)))
        {
            File.Delete(pin);
        }

        Directory.Delete(PathOf(set));
    }

    private string PathOf(int set) => Path.Combine(folder, Prefix + set.ToString(CultureInfo.InvariantCulture));

    private string PinOf(int set, string map) => Path.Combine(PathOf(set), MapNames.PinName(map));
}
