using System.Runtime.InteropServices;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Floods;

/// <summary>flood.bpf.c, loaded: a sender, a counting socket filter, and what the two share.</summary>
internal sealed unsafe class FloodPrograms : IDisposable
{
    private const int Slots = 4096;

    private readonly BpfObject _object = new(Path.Combine(AppContext.BaseDirectory, "flood.bpf.o"));
    private readonly MappedMemory _memory;

    public FloodPrograms()
    {
        Sender = _object.Program("send");
        Counter = _object.Program("count");
        using var map = _object.Map(".data.flood");
        _memory = MappedMemory.Of(map, sizeof(State));
    }

    public BpfHandle Sender { get; }

    public BpfHandle Counter { get; }

    public ref State Shared => ref *(State*)_memory.Pointer;

    /// <summary>Microseconds within which this share of the probes that arrived did arrive.</summary>
    public int Within(double share)
    {
        var left = (long)Math.Ceiling(Shared.Arrived * share);
        for (var slot = 0; slot < Slots; slot++)
        {
            left -= (long)Shared.Microseconds[slot];
            if (left <= 0)
            {
                return slot;
            }
        }

        return Slots;
    }

    public void Reset()
    {
        (Shared.Sent, Shared.Probes, Shared.Arrived, Shared.Others) = (0, 0, 0, 0);
        fixed (ulong* slots = Shared.Microseconds)
        {
            new Span<ulong>(slots, Slots).Clear();
        }
    }

    public void Dispose()
    {
        _memory.Dispose();
        Sender.Dispose();
        Counter.Dispose();
        _object.Dispose();
    }

    /// <summary>struct flood.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct State
    {
        public ulong Interface;
        public ulong Every;
        public ulong Source;
        public ulong Sent;
        public ulong Probes;
        public ulong Interval;
        public ulong Next;
        public ulong Reserved;
        public ulong Arrived;
        public ulong Others;
        public fixed ulong Reserved2[6];
        public fixed ulong Microseconds[Slots];
    }
}
