using System.Runtime.InteropServices;
using Slipway.Xdp.Interop;

namespace Slipway.Kernel.Tests.Floods;

/// <summary>flood.bpf.c, loaded: a sender, a counting socket filter, and what the two share.</summary>
internal sealed unsafe class FloodPrograms : IDisposable
{
    private const int Slots = 4096;

    private readonly nint _object;
    private readonly MappedMemory _memory;

    public FloodPrograms()
    {
        LibbpfMessages.Start();
        var elf = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "flood.bpf.o"));
        fixed (byte* bytes = elf)
        fixed (byte* name = "flood\0"u8)
        {
            var options = new Libbpf.OpenOptions { Size = (nuint)sizeof(Libbpf.OpenOptions), ObjectName = name };
            _object = Libbpf.ObjectOpenMemory(bytes, (nuint)elf.Length, &options);
        }

        Assert.True(_object != 0 && Libbpf.ObjectLoad(_object) == 0, $"the flood was not loaded: {LibbpfMessages.Last()}");
        Sender = Program("send");
        Counter = Program("count");
        for (var map = Libbpf.ObjectNextMap(_object, 0); map != 0; map = Libbpf.ObjectNextMap(_object, map))
        {
            if (Marshal.PtrToStringUTF8(Libbpf.MapName(map)) == ".data.flood")
            {
                using var handle = BpfHandle.Duplicate(Libbpf.MapFd(map));
                _memory = MappedMemory.Of(handle, sizeof(State));
            }
        }

        Assert.NotNull(_memory);
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
        Libbpf.ObjectClose(_object);
    }

    private BpfHandle Program(string name)
    {
        for (var program = Libbpf.ObjectNextProgram(_object, 0); program != 0; program = Libbpf.ObjectNextProgram(_object, program))
        {
            if (Marshal.PtrToStringUTF8(Libbpf.ProgramName(program)) == name)
            {
                return BpfHandle.Duplicate(Libbpf.ProgramFd(program));
            }
        }

        throw new InvalidOperationException($"flood.bpf.c has no program {name}");
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
