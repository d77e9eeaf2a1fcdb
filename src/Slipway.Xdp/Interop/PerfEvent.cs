using System.Runtime.InteropServices;

namespace Slipway.Xdp.Interop;

/// <summary>perf_event_open(2), for the one event of it that is of use here.</summary>
internal static unsafe class PerfEvent
{
    private const uint Software = 1; // PERF_TYPE_SOFTWARE
    private const ulong Dummy = 9;   // PERF_COUNT_SW_DUMMY: counts nothing
    private const int AnyProcess = -1;
    private const int NoGroup = -1;
    private const int CloseOnExec = 8; // PERF_FLAG_FD_CLOEXEC

    // Bits of struct perf_event_attr. A kernel locked down for confidentiality refuses events of the kernel, and these are not: the
    // records that come along with an event are told whatever it excludes.
    private const ulong ExcludeKernel = 1ul << 5;
    private const ulong ExcludeHypervisor = 1ul << 6;
    private const ulong ByWatermark = 1ul << 14;
    private const ulong BpfEvent = 1ul << 30;

    private static readonly nint s_callNumber = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 241 : 298;

    /// <summary>
    /// An event of a CPU that is readable (poll) after a program came or went there; null when the CPU is not up or the kernel refuses.
    /// Its ring is mapped to be read only: so the kernel writes over the oldest records, and nobody has to take them out.
    /// </summary>
    public static (BpfHandle Event, MappedMemory Ring)? TryOpenOfPrograms(int cpu)
    {
        var attributes = new Attributes
        {
            Type = Software,
            Size = (uint)sizeof(Attributes),
            Config = Dummy,
            Flags = ExcludeKernel | ExcludeHypervisor | ByWatermark | BpfEvent,
            WakeUpAfterBytes = 1,
        };
        var opened = new BpfHandle((int)Libc.Syscall(s_callNumber, (nint)(&attributes), AnyProcess, cpu, NoGroup, CloseOnExec));
        var ring = opened.IsInvalid ? null : MappedMemory.TryRead(opened.Fd, 2 * (nuint)Environment.SystemPageSize);
        if (ring is not null)
        {
            return (opened, ring);
        }

        opened.Dispose();
        return null;
    }

    /// <summary>struct perf_event_attr up to its fifth version, 112 bytes; what is not named is zero.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 112)]
    private struct Attributes
    {
        [FieldOffset(0)]
        public uint Type;
        [FieldOffset(4)]
        public uint Size;
        [FieldOffset(8)]
        public ulong Config;
        [FieldOffset(40)]
        public ulong Flags;
        [FieldOffset(48)]
        public uint WakeUpAfterBytes;
    }
}
