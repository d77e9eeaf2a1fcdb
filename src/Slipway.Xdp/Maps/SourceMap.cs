using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Maps;

/// <summary>The buckets of sources, of which the first half is the strangers' (bpf/README.md, Limits).</summary>
/// <param name="buckets">How many one half has.</param>
internal sealed unsafe class SourceMap(BpfHandle map, uint buckets)
{
    /// <summary>A secret salt chose a source's bucket, so that any part speaks for the whole: 32 KiB are enough.</summary>
    private const uint Sampled = 4096;

    /// <summary>Part of the strangers' buckets that were charged in the last second, 0 to 1.</summary>
    /// <param name="tick">The kernel's tick now, or some moments ago.</param>
    public double Pressure(uint tick)
    {
        var looked = Math.Min(buckets, Sampled);
        using var memory = MappedMemory.Of(map, looked * sizeof(ulong), writable: false);
        var words = (ulong*)memory.Pointer;
        var charged = 0;
        for (var at = 0; at < looked; at++)
        {
            var bucket = Volatile.Read(ref words[at]);
            // Stamps may be younger than the tick that we were told; zero was never charged.
            if (bucket != 0 && unchecked((int)(tick - (uint)bucket)) < KernelTicks.PerSecond)
            {
                charged++;
            }
        }

        return (double)charged / looked;
    }
}
