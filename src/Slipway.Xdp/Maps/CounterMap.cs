using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Slipway.Xdp.Failures;
using Slipway.Xdp.Interop;
using Slipway.Xdp.Layout;

namespace Slipway.Xdp.Maps;

/// <summary>Reads the counters: a copy for each CPU, added up here so that the program never has to share a cache line.</summary>
internal sealed unsafe class CounterMap(BpfHandle map)
{
    private const int ReasonCount = 40;
    private const int Cells = ReasonCount * PolicyLayout.Roles * PolicyLayout.Groups;
    private const int ValueBytes = Cells * 16;
    private const int Done = 0;
    private const int WouldHaveDone = 1;

    /// <summary>All cells that are not zero, since the maps were made.</summary>
    public IReadOnlyList<CounterCell> Read() => [.. Entry(Done, would: false), .. Entry(WouldHaveDone, would: true)];

    private List<CounterCell> Entry(int entry, bool would)
    {
        Span<byte> key = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(key, entry);
        // 30 KB a CPU, once a second: on a machine with a hundred CPUs no work for the garbage collector.
        using var memory = MappedMemory.Anonymous((long)ValueBytes * PossibleCpus.Count);
        var bytes = new Span<byte>(memory.Pointer, ValueBytes * PossibleCpus.Count);
        var errno = Bpf.TryLookup(map, key, bytes);
        if (errno != 0)
        {
            throw XdpException.FromErrno(errno, "reading the counters");
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        var found = new List<CounterCell>();
        for (var cell = 0; cell < Cells; cell++)
        {
            ulong packets = 0, octets = 0;
            for (var cpu = 0; cpu < PossibleCpus.Count; cpu++)
            {
                packets += words[(cpu * Cells + cell) * 2];
                octets += words[(cpu * Cells + cell) * 2 + 1];
            }

            if (packets != 0)
            {
                var (reason, rest) = Math.DivRem(cell, PolicyLayout.Roles * PolicyLayout.Groups);
                var (role, group) = Math.DivRem(rest, PolicyLayout.Groups);
                found.Add(new CounterCell((PortRole)role, (PeerGroup)group, (Reason)reason, would, packets, octets));
            }
        }

        return found;
    }
}
