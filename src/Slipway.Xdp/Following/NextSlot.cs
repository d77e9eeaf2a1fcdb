using System.Runtime.InteropServices;
using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Following;

/// <summary>The one entry of a slw_next_* map: the program that runs after the filter. Empty, what the filter passes goes to the stack.</summary>
internal static class NextSlot
{
    private static ReadOnlySpan<byte> Key => [0, 0, 0, 0];

    /// <summary>EINVAL when the program differs from the filter's variant in frags flag, attach type or kind.</summary>
    public static int TrySet(BpfHandle map, BpfHandle program)
    {
        ReadOnlySpan<int> value = [program.Fd];
        return Bpf.TryUpdate(map, Key, MemoryMarshal.AsBytes(value));
    }

    public static void Clear(BpfHandle map) => _ = Bpf.TryDelete(map, Key);

    /// <summary>The program in it, or null when it is empty.</summary>
    public static BpfHandle? Open(BpfHandle map)
    {
        Span<uint> id = [0];
        return Bpf.TryLookup(map, Key, MemoryMarshal.AsBytes(id)) == 0 ? Bpf.OpenProgram(id[0]) : null;
    }
}
