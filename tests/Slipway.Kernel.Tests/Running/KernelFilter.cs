using System.Runtime.InteropServices;
using Slipway.Kernel.Tests.Machine;
using Slipway.Xdp;
using Slipway.Xdp.Reference;

namespace Slipway.Kernel.Tests.Running;

/// <summary>All variants of the program in the kernel, with maps of their own, told what a <see cref="FilterTables"/> says.</summary>
internal sealed unsafe class KernelFilter : IDisposable
{
    private const nint BpfCall = 321; // x86-64
    private const nint TestRun = 10;
    private const int LastOffset = 80, HeartbeatOffset = 56;
    private const ulong NothingCounted = ulong.MaxValue;

    private readonly nint _object;
    private readonly Dictionary<ProgramVariant, int> _programs = [];
    private readonly int _beat;
    private readonly MappedMap _config;

    public KernelFilter(FilterTables tables, uint sets = 16)
    {
        Root.Demand();
        NativeLibbpf.SetPrint(0);
        _object = NativeLibbpf.OpenFile(TheFilter.File, 0);
        Require(_object != 0, "opening the object");
        *NativeLibbpf.InitialValue(NativeLibbpf.FindMap(_object, ".rodata"), out _) = 1; // slw_trace
        Size("slw_peers", 2 * sets);
        Size("slw_sources", 2 * (uint)(tables.Hash.SourceMask + 1));
        foreach (var variant in ProgramVariant.All.Where(variant => variant.IsUntyped))
        {
            Require(NativeLibbpf.SetExpectedAttachType(NativeLibbpf.FindProgram(_object, variant.Name), 0) == 0, $"preparing {variant}");
        }

        Require(NativeLibbpf.Load(_object) == 0, "loading the object");
        foreach (var variant in ProgramVariant.All)
        {
            _programs[variant] = NativeLibbpf.ProgramFd(NativeLibbpf.FindProgram(_object, variant.Name));
        }

        _beat = NativeLibbpf.ProgramFd(NativeLibbpf.FindProgram(_object, "slw_beat"));
        _config = Map(".data.config", KernelTables.ConfigBytes);
        new KernelTables(this, tables, sets).Write(_config);
    }

    /// <summary>What the program made of a frame: its own word, which its return value must agree with.</summary>
    /// <param name="variant">Which entry.</param>
    /// <param name="frame">At least 14 bytes.</param>
    /// <param name="linear">Bytes that the program can read; the rest goes to fragments. 0 is all of it.</param>
    public Judgement Judge(ProgramVariant variant, ReadOnlySpan<byte> frame, int linear = 0)
    {
        ref var last = ref _config.Word(LastOffset);
        Volatile.Write(ref last, NothingCounted);
        var returned = Run(_programs[variant], frame, linear);
        var word = Volatile.Read(ref last);
        if (word == NothingCounted)
        {
            Require(variant.Passed(returned), $"{variant} returned {returned} and counted nothing");
            return new Judgement(Verdict.Pass, PortRole.None, PeerClass.Unknown, Reason: null);
        }

        var judgement = new Judgement((Verdict)(word >> 24), (PortRole)(byte)(word >> 16), (PeerClass)(byte)(word >> 8), (Reason)(byte)word);
        var agrees = judgement.Verdict == Verdict.Drop ? variant.Dropped(returned) : judgement.Verdict == Verdict.Exile || variant.Passed(returned);
        Require(agrees, $"{variant} returned {returned} and counted {judgement}");
        return judgement;
    }

    /// <summary>The kernel's clock, as the program reads it.</summary>
    public uint Tick()
    {
        Run(_beat, [], 0);
        return (uint)_config.Word(HeartbeatOffset);
    }

    /// <summary>Packets and bytes by entry (0 done, 1 would have been dropped), role, reason and group, over all CPUs; zeros left out.</summary>
    public Dictionary<(int Entry, PortRole Role, Reason Reason, PeerGroup Group), (ulong Packets, ulong Bytes)> Counters()
    {
        const int roles = 12, reasons = 40, groups = 4, words = roles * reasons * groups * 2;
        Dictionary<(int, PortRole, Reason, PeerGroup), (ulong, ulong)> counters = [];
        var cpus = NativeLibbpf.PossibleCpus();
        var values = new ulong[words * cpus];
        for (var entry = 0; entry < 2; entry++)
        {
            fixed (ulong* first = values)
            {
                var key = (uint)entry;
                Require(NativeLibbpf.Lookup(Fd("slw_counters"), (byte*)&key, (byte*)first) == 0, "reading the counters");
            }

            for (var at = 0; at < words * cpus; at += 2)
            {
                var cell = at % words / 2;
                if (values[at] != 0)
                {
                    var place = (entry, (PortRole)(cell / groups % roles), (Reason)(cell / groups / roles), (PeerGroup)(cell % groups));
                    var (packets, bytes) = counters.GetValueOrDefault(place);
                    counters[place] = (packets + values[at], bytes + values[at + 1]);
                }
            }
        }

        return counters;
    }

    public void Dispose()
    {
        _config.Dispose();
        NativeLibbpf.Close(_object);
    }

    internal MappedMap Map(string name, int bytes) => new(Fd(name), bytes);

    internal void Put(string map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        fixed (byte* keyBytes = key, valueBytes = value)
        {
            Require(NativeLibbpf.Update(Fd(map), keyBytes, valueBytes, 0) == 0, $"writing {map}");
        }
    }

    private void Size(string map, uint entries) => Require(NativeLibbpf.SetMaxEntries(NativeLibbpf.FindMap(_object, map), entries) == 0, $"sizing {map}");

    private int Fd(string map) => NativeLibbpf.MapFd(NativeLibbpf.FindMap(_object, map));

    private static uint Run(int program, ReadOnlySpan<byte> frame, int linear)
    {
        // struct xdp_md: data, data_end, data_meta, ...: data_end says how much of the frame is in the first buffer.
        var context = stackalloc uint[6];
        context[1] = (uint)linear;
        fixed (byte* bytes = frame)
        {
            var attributes = new TestRunAttributes { Program = (uint)program, InputSize = (uint)frame.Length, Input = (ulong)bytes };
            if (linear > 0)
            {
                (attributes.ContextInput, attributes.ContextInputSize) = ((ulong)context, 6 * sizeof(uint));
            }

            var result = NativeLibbpf.Syscall(BpfCall, TestRun, &attributes, sizeof(TestRunAttributes));
            Require(result == 0, $"running on {frame.Length} bytes, {linear} of them linear");
            return attributes.Returned;
        }
    }

    private static void Require(bool isDone, string what)
    {
        if (!isDone)
        {
            throw new InvalidOperationException($"{what} failed (errno {Marshal.GetLastPInvokeError()})");
        }
    }
}
