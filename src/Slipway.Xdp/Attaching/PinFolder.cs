using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Loading;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// What outlives the agent: the maps and the link of one interface, in a folder of bpffs that is named after the device and
/// not after its number. It is empty after a boot and full after a crash. Locked for one agent at a time.
/// </summary>
internal sealed class PinFolder : IDisposable
{
    private const string Link = "link";

    private readonly BpfHandle _lock;

    private PinFolder(string path, BpfHandle held) => (Path, _lock) = (path, held);

    public string Path { get; }

    public string LinkPin => System.IO.Path.Combine(Path, Link);

    /// <param name="bpffs">Where a BPF file system is mounted, such as /sys/fs/bpf.</param>
    /// <exception cref="XdpException">It is not bpffs, or another agent has this interface.</exception>
    public static PinFolder Open(string bpffs, string key)
    {
        var path = System.IO.Path.Combine(bpffs, "slipway", key);
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new XdpException(XdpFailureReason.PinsUnusable, $"{path} cannot be made: {error.Message}; is bpffs mounted at {bpffs}?", 0, error);
        }

        var fd = Libc.Open(path, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec, 0);
        if (fd < 0)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), $"opening {path}");
        }

        var held = new BpfHandle(fd);
        if (Libc.Flock(fd, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return new PinFolder(path, held);
        }

        held.Dispose();
        throw new XdpException(XdpFailureReason.Locked, $"another agent works on this interface: it holds {path}");
    }

    /// <summary>The maps that were left here, if all of them were; what a crash left half-made is no use.</summary>
    public IReadOnlyDictionary<string, BpfHandle> Maps()
    {
        var found = new Dictionary<string, BpfHandle>(StringComparer.Ordinal);
        foreach (var name in MapNames.Shared)
        {
            if (Bpf.OpenPin(PinOf(name)) is { } map)
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

        return new Dictionary<string, BpfHandle>();
    }

    /// <summary>Puts these maps in the place of any that were here. Cut off half-way, it leaves a set that <see cref="Maps"/> passes over.</summary>
    public void Keep(IReadOnlyDictionary<string, BpfHandle> maps)
    {
        foreach (var name in MapNames.Shared)
        {
            File.Delete(PinOf(name));
        }

        foreach (var name in MapNames.Shared)
        {
            Pin(maps[name], PinOf(name));
        }
    }

    public void Keep(FilterLink link)
    {
        File.Delete(LinkPin);
        Pin(link.Handle, LinkPin);
    }

    /// <summary>Lets everything go: the filter leaves the kernel with the last that holds it.</summary>
    public void Clear()
    {
        foreach (var pin in Directory.EnumerateFiles(Path))
        {
            File.Delete(pin);
        }
    }

    public void Dispose() => _lock.Dispose();

    private string PinOf(string map) => System.IO.Path.Combine(Path, MapNames.PinName(map));

    private static void Pin(BpfHandle handle, string path)
    {
        var errno = Bpf.TryPin(handle, path);
        if (errno != 0)
        {
            // The kernel says EPERM of any other file system.
            throw errno is Errno.Invalid or Errno.NotPermitted
                ? new XdpException(XdpFailureReason.PinsUnusable, $"{path} cannot be pinned: is a BPF file system mounted there, and are we allowed to write to it?", errno)
                : XdpException.FromErrno(errno, $"pinning {path}");
        }
    }
}
