namespace Slipway.Xdp.Reference;

/// <summary>
/// How much a bucket takes, both in 1/4096 packets. A drain of 0 lets a burst through and then nothing.
/// </summary>
/// <param name="Drain">What leaves the bucket in a tick (a jiffy).</param>
/// <param name="Burst">What the bucket holds.</param>
public readonly record struct Limit(uint Drain, uint Burst)
{
    /// <summary>The unit of buckets.</summary>
    public const uint UnitsPerPacket = 4096;

    /// <summary>Drain and burst 0: everything passes.</summary>
    public static Limit None => default;

    /// <summary>A bucket of so many packets that is never emptied.</summary>
    public static Limit Packets(uint packets) => new(0, packets * UnitsPerPacket);

    /// <summary>A stakeholder's own limit doubles with each step of weight, up to what 32 bits hold.</summary>
    public Limit Weighted(int weight) => new(Shifted(Drain, weight), Shifted(Burst, weight));

    private static uint Shifted(uint value, int weight) => (uint)Math.Min((ulong)value << weight, uint.MaxValue);
}
