namespace Slipway.Xdp.Reference;

/// <summary>What has been let through so far: the program's slw_sources and slw_totals.</summary>
public sealed class Buckets
{
    private readonly Dictionary<ulong, Bucket> _sources = [];
    private readonly Dictionary<(PortRole Role, PeerGroup Group), Bucket> _totals = [];

    /// <summary>Takes room for a packet from its source's bucket, then from its group's.</summary>
    /// <param name="hash">Which sources share a bucket.</param>
    /// <param name="source">The packet's.</param>
    /// <param name="role">Of the port that it is for.</param>
    /// <param name="group">Of its source.</param>
    /// <param name="limits">With the source's weight in them.</param>
    /// <param name="cost">In packets.</param>
    /// <param name="tick">The clock, in jiffies; counts modulo 2^32.</param>
    /// <returns>Which limit it is over; null when there was room in both.</returns>
    public Reason? Take(SourceHash hash, PacketAddress source, PortRole role, PeerGroup group, LimitPair limits, uint cost, uint tick)
    {
        if (limits.Source != Limit.None && !Take(_sources, hash.Bucket(source, role, group), limits.Source, cost, tick))
        {
            return Reason.SourceLimit;
        }

        return limits.Total != Limit.None && !Take(_totals, (role, group), limits.Total, cost, tick) ? Reason.ClassLimit : null;
    }

    private static bool Take<TKey>(Dictionary<TKey, Bucket> buckets, TKey key, Limit limit, uint cost, uint tick)
        where TKey : notnull
    {
        var bucket = buckets.GetValueOrDefault(key);
        var drained = (ulong)unchecked(tick - bucket.Stamp) * limit.Drain;
        var debt = bucket.Debt - Math.Min(bucket.Debt, drained) + cost * Limit.UnitsPerPacket;
        if (debt > limit.Burst)
        {
            return false;
        }

        buckets[key] = new Bucket(tick, debt);
        return true;
    }

    private readonly record struct Bucket(uint Stamp, ulong Debt);
}
