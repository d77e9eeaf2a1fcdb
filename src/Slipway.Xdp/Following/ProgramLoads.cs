using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Following;

/// <summary>
/// Hears that a BPF program was loaded into the kernel, or left it (PERF_RECORD_BPF_EVENT of linux/perf_event.h, since 5.1). An
/// owner loads the program with which it then updates its link, and of the update itself the kernel tells nobody. Which program it
/// was is not looked at: whoever hears of one looks at what it follows.
/// </summary>
/// <remarks>Costs nothing while no program comes or goes, and a descriptor and two pages a CPU. A CPU that is brought up later is not heard.</remarks>
public sealed unsafe class ProgramLoads : IDisposable
{
    private const int EventDescriptorCloseOnExec = 0x80000; // EFD_CLOEXEC

    private readonly BpfHandle _wake;
    private readonly List<(BpfHandle Event, MappedMemory Ring)> _cpus = [];
    private readonly Libc.PollEntry[] _polled;

    /// <summary>Begins to hear. A kernel that refuses perf events is no failure: see <see cref="Hears"/>.</summary>
    public ProgramLoads()
    {
        _wake = new BpfHandle(Libc.EventDescriptor(0, EventDescriptorCloseOnExec));
        if (_wake.IsInvalid)
        {
            throw XdpException.FromErrno(Marshal.GetLastPInvokeError(), "making an event descriptor");
        }

        for (var cpu = 0; cpu < PossibleCpus.Count; cpu++)
        {
            if (PerfEvent.TryOpenOfPrograms(cpu) is { } opened)
            {
                _cpus.Add(opened);
            }
        }

        _polled = [.. _cpus.Select(cpu => cpu.Event).Prepend(_wake).Select(handle => new Libc.PollEntry { Fd = handle.Fd, Events = Libc.PollIn })];
    }

    /// <summary>False where the kernel tells nothing (rights, CONFIG_PERF_EVENTS): then <see cref="Wait"/> only waits.</summary>
    public bool Hears => _cpus.Count > 0;

    /// <summary>Blocks until a program came or went since the last call, <see cref="Wake"/> was called, or the time is over.</summary>
    /// <param name="atMost">In whole milliseconds, at most 24 days.</param>
    /// <returns>True when a program came or went.</returns>
    public bool Wait(TimeSpan atMost)
    {
        fixed (Libc.PollEntry* entries = _polled)
        {
            var ready = Libc.Poll(entries, (nuint)_polled.Length, (int)Math.Clamp(atMost.TotalMilliseconds, 0, int.MaxValue));
            if (ready < 0 && Marshal.GetLastPInvokeError() is not Errno.Interrupted and var errno)
            {
                throw XdpException.FromErrno(errno, "waiting for programs to be loaded");
            }

            return ready > 0 && _polled.Skip(1).Any(cpu => (cpu.Returned & Libc.PollIn) != 0);
        }
    }

    /// <summary>Ends the present <see cref="Wait"/>, and all later ones at once; from any thread.</summary>
    public void Wake()
    {
        var one = 1ul;
        _ = Libc.Write(_wake.Fd, &one, sizeof(ulong));
    }

    public void Dispose()
    {
        foreach (var (descriptor, ring) in _cpus)
        {
            ring.Dispose();
            descriptor.Dispose();
        }

        _wake.Dispose();
    }
}
