namespace Slipway.Xdp.Reference;

/// <summary>What a CPU has paid ahead into the bucket of a peer: struct slw_lease.</summary>
/// <param name="Bucket">Entry of slw_sources.</param>
/// <param name="Units">What is left, in 1/4096 packets.</param>
internal readonly record struct Lease(ulong Bucket, uint Units)
{
    /// <summary>Leases of a CPU: a bucket's is in the place of its low bits, and the later of two has it.</summary>
    public const int Places = 128;

    private const int DebtShift = 3;
    private const uint Longest = 64 * Limit.UnitsPerPacket;

    /// <summary>Whole packets, in units: an eighth of the debt at most, and what bursts and other CPUs leave.</summary>
    /// <param name="debt">The bucket's, with the packet's own cost; not above the burst.</param>
    /// <param name="burst">What the bucket holds.</param>
    /// <param name="leaseShift">The part of a burst that one CPU may have paid ahead, as a shift.</param>
    public static uint Ahead(ulong debt, uint burst, int leaseShift)
    {
        var units = Math.Min(Math.Min(debt >> DebtShift, burst >> leaseShift), Math.Min(burst - debt, Longest));
        return (uint)units / Limit.UnitsPerPacket * Limit.UnitsPerPacket;
    }
}
