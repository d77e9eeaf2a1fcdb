using Slipway.Xdp.Interop;

namespace Slipway.Xdp.Maps;

/// <summary>How much a bucket takes, in 1/4096 packets (bpf/README.md, "Limits").</summary>
/// <param name="Drain">What leaves the bucket in a tick; with 0 it is never emptied.</param>
/// <param name="Burst">What it holds. With drain and burst 0 there is no limit.</param>
public readonly record struct BucketLimit(uint Drain, uint Burst)
{
    private const uint UnitsPerPacket = 4096;

    /// <summary>No limit.</summary>
    public static BucketLimit None => default;

    /// <summary>The word that the program reads.</summary>
    internal ulong Word => (ulong)Burst << 32 | Drain;

    /// <summary>A steady rate, and what may come at once after a pause; rounded up, capped at a million packets.</summary>
    public static BucketLimit Of(long packetsPerSecond, long burst) => Of(packetsPerSecond, burst, KernelTicks.PerSecond);

    internal static BucketLimit Of(long packetsPerSecond, long burst, int ticksPerSecond)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(packetsPerSecond);
        ArgumentOutOfRangeException.ThrowIfNegative(burst);
        const long most = uint.MaxValue / UnitsPerPacket;
        var perTick = (Math.Min(packetsPerSecond, most * ticksPerSecond) * UnitsPerPacket + ticksPerSecond - 1) / ticksPerSecond;
        // One packet at least: a limit of nothing would be a ban, which is a class and not a limit.
        return new BucketLimit((uint)perTick, (uint)(Math.Clamp(burst, 1, most) * UnitsPerPacket));
    }
}
