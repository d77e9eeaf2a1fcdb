using System.Globalization;
using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Following;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Network;

namespace Slipway.Xdp.Attaching;

/// <summary>
/// What outlives the agent, in a folder of bpffs: one set of tables, and under <c>nics</c> a folder for each interface. It is empty
/// after a boot and full after a crash. Locked for one agent at a time.
/// </summary>
internal sealed class NodePins : IDisposable
{
    private const int LooksInARace = 5;

    private readonly string _nics;
    private readonly BpfHandle _lock;

    private NodePins(string folder, BpfHandle held)
    {
        (_nics, _lock) = (Path.Combine(folder, "nics"), held);
        Tables = new TablePins(folder);
    }

    public TablePins Tables { get; }

    /// <param name="folder">Below the place where a BPF file system is mounted, such as /sys/fs/bpf/slipway.</param>
    /// <exception cref="XdpException">It cannot be made, or another agent has it.</exception>
    public static NodePins Open(string folder)
    {
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "nics"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new XdpException(XdpFailureReason.PinsUnusable, $"{folder} cannot be made: {error.Message}; is bpffs mounted there?", 0, error);
        }

        var fd = Libc.Open(folder, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec, 0);
        if (fd < 0)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), $"opening {folder}");
        }

        var held = new BpfHandle(fd);
        if (Libc.Flock(fd, Libc.LockExclusive | Libc.LockNonBlocking) == 0)
        {
            return new NodePins(folder, held);
        }

        held.Dispose();
        throw new XdpException(XdpFailureReason.Locked, $"another agent works on this node: it holds {folder}");
    }

    /// <summary>
    /// The folder of an interface: the one whose link is on it, whatever its name, since a MAC may change and a number may be used
    /// again; else one that is named after the device.
    /// </summary>
    public NicPins Of(Nic nic)
    {
        if (All().FirstOrDefault(pins => pins.IsOf(nic)) is { } found)
        {
            return found;
        }

        // Slaves of a bond may share one MAC, and with a driver that tells no bus the whole key.
        var named = new NicPins(Path.Combine(_nics, nic.Key));
        return named.IsAlive() ? new NicPins(Path.Combine(_nics, nic.Key + "-" + nic.Index.ToString(CultureInfo.InvariantCulture))) : named;
    }

    public IEnumerable<NicPins> All() => Directory.GetDirectories(_nics).Select(path => new NicPins(path));

    /// <summary>
    /// Takes the filter off all interfaces that are present and not named by their folder's path, and drops what is left of interfaces
    /// that are gone. One that was moved to another network namespace keeps the filter.
    /// </summary>
    public void Release(IReadOnlyCollection<string> kept, IReadOnlyList<Nic> present)
    {
        foreach (var pins in All().Where(pins => !kept.Contains(pins.Path) && (present.Any(pins.IsOf) || !pins.IsAlive())))
        {
            SlotFollower.Leave(pins.Next);
            pins.Clear();
        }
    }

    /// <summary>
    /// Takes the filter off everything, in every network namespace: a link is detached by its descriptor, wherever its interface is. True
    /// when there was something to take off.
    /// </summary>
    /// <exception cref="XdpException">The owner of a followed slot changed its link each time.</exception>
    public bool ReleaseAll()
    {
        var released = false;
        foreach (var pins in All())
        {
            released |= pins.IsAlive();
            for (var look = 0; !SlotFollower.Leave(pins.Next); look++)
            {
                if (look == LooksInARace)
                {
                    throw new XdpException(
                        XdpFailureReason.ChangedMeanwhile, $"the owner of the link that the filter of {pins.Path} stands in changed it each time when the filter was to be taken out of it; try again");
                }
            }

            pins.Clear();
        }

        return released;
    }

    public void Dispose()
    {
        // A process that was begun meanwhile has our descriptors until it runs its own program.
        _ = Libc.Flock(_lock.Fd, Libc.LockRelease);
        _lock.Dispose();
    }
}
