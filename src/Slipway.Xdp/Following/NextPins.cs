using System.Globalization;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Following;

/// <summary>
/// Pins of the maps that hold the owner's program. Without a pin such a map is emptied with its last descriptor: the filter would
/// live on in the owner's link, and skip the owner's program from the moment the agent is gone. A pin is named after its map's
/// id, so that the program in the link tells which one counts, wherever an agent was killed.
/// </summary>
internal sealed class NextPins(string folder)
{
    private const string Prefix = "next-";

    public void Keep(BpfHandle map)
    {
        var errno = Bpf.TryPin(map, PathOf(Bpf.MapFactsOf(map).Id));
        if (errno is not (0 or Errno.Exists))
        {
            throw errno == Errno.Invalid
                ? new XdpException(XdpFailureReason.PinsUnusable, $"{folder} is not on a BPF file system, so that nothing can be followed from there", errno)
                : XdpException.FromErrno(errno, $"pinning in {folder}");
        }
    }

    /// <summary>The map that an earlier agent gave to this program, or null when the program is not of this folder.</summary>
    public BpfHandle? MapOf(BpfHandle program) =>
        Bpf.MapIdsOf(program).Select(id => Bpf.OpenPin(PathOf(id))).FirstOrDefault(map => map is not null);

    /// <summary>Whether anything is pinned: a filter stands, or stood, in front of an owner's program.</summary>
    public bool Any() => Directory.Exists(folder) && Directory.EnumerateFiles(folder, Prefix + "*").Any();

    /// <summary>Lets go of all pins but that of this map.</summary>
    public void DropOthers(BpfHandle? kept)
    {
        var name = kept is null ? "" : Path.GetFileName(PathOf(Bpf.MapFactsOf(kept).Id));
        foreach (var pin in Directory.GetFiles(folder, Prefix + "*").Where(pin => Path.GetFileName(pin) != name))
        {
            File.Delete(pin);
        }
    }

    private string PathOf(uint map) => Path.Combine(folder, Prefix + map.ToString(CultureInfo.InvariantCulture));
}
