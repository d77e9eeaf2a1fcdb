namespace Slipway.Xdp.Reference;

/// <summary>
/// What has been let through so far, by one CPU: the program's slw_sources, .data.totals and its slw_leases. Other CPUs have leases
/// of their own.
/// </summary>
public sealed class Buckets
{
    private readonly Dictionary<ulong, Bucket> _sources = [];
    private readonly Dictionary<ulong, Bucket> _totals = [];
    private readonly Lease[] _leases = new Lease[Lease.Places];
    private readonly Dictionary<ulong, uint> _totalLeases = [];

    /// <summary>Takes room for a packet from its source's bucket and from its group's.</summary>
    /// <param name="tables">By which sources share a bucket, and how much is paid ahead.</param>
    /// <param name="source">The packet's.</param>
    /// <param name="role">Of the port that it is for.</param>
    /// <param name="group">Of its source.</param>
    /// <param name="limits">With the source's weight in them.</param>
    /// <param name="packets">What it costs.</param>
    /// <param name="tick">The clock, in jiffies; counts modulo 2^32.</param>
    /// <returns>Which limit it is over; null when there was room in both.</returns>
    public Reason? Take(FilterTables tables, PacketAddress source, PortRole role, PeerGroup group, LimitPair limits, uint packets, uint tick)
    {
        var (bucket, total) = (tables.Hash.Bucket(source, role, group), ((ulong)role << 2) + (ulong)group);
        var cost = packets * Limit.UnitsPerPacket;
        return group == PeerGroup.Unknown
            ? TakeStrangers(bucket, total, limits, cost, tick)
            : TakePeers(bucket, total, limits, cost, tick, tables.LeaseShift);
    }

    /// <summary>A stranger's packet that is over the limit of all together leaves its source's bucket alone.</summary>
    private Reason? TakeStrangers(ulong bucket, ulong total, LimitPair limits, uint cost, uint tick)
    {
        var all = limits.Total == Limit.None ? null : Charged(_totals, total, limits.Total, cost, tick);
        if (limits.Total != Limit.None && all is null)
        {
            return Reason.ClassLimit;
        }

        if (limits.Source != Limit.None && !TryCharge(_sources, bucket, limits.Source, cost, tick))
        {
            return Reason.SourceLimit;
        }

        if (all is { } charged)
        {
            _totals[total] = charged;
        }

        return null;
    }

    private Reason? TakePeers(ulong bucket, ulong total, LimitPair limits, uint cost, uint tick, int leaseShift)
    {
        if (limits.Source != Limit.None)
        {
            ref var lease = ref _leases[bucket % Lease.Places];
            if (lease.Bucket == bucket && lease.Units >= cost)
            {
                lease = lease with { Units = lease.Units - cost };
            }
            else if (!TryChargeAhead(_sources, bucket, limits.Source, cost, tick, leaseShift, out var ahead))
            {
                return Reason.SourceLimit;
            }
            else if (ahead > 0)
            {
                lease = new Lease(bucket, ahead);
            }
        }

        if (limits.Total != Limit.None)
        {
            var paid = _totalLeases.GetValueOrDefault(total);
            if (paid >= cost)
            {
                _totalLeases[total] = paid - cost;
            }
            else if (!TryChargeAhead(_totals, total, limits.Total, cost, tick, leaseShift, out var ahead))
            {
                return Reason.ClassLimit;
            }
            else if (ahead > 0)
            {
                _totalLeases[total] = ahead;
            }
        }

        return null;
    }

    private static bool TryCharge(Dictionary<ulong, Bucket> buckets, ulong key, Limit limit, uint cost, uint tick)
    {
        if (Charged(buckets, key, limit, cost, tick) is not { } bucket)
        {
            return false;
        }

        buckets[key] = bucket;
        return true;
    }

    /// <param name="ahead">What was charged beyond the cost.</param>
    private static bool TryChargeAhead(Dictionary<ulong, Bucket> buckets, ulong key, Limit limit, uint cost, uint tick, int leaseShift, out uint ahead)
    {
        ahead = 0;
        if (Charged(buckets, key, limit, cost, tick) is not { } bucket)
        {
            return false;
        }

        ahead = Lease.Ahead(bucket.Debt, limit.Burst, leaseShift);
        buckets[key] = bucket with { Debt = bucket.Debt + ahead };
        return true;
    }

    /// <summary>The bucket with the cost in it; null when that is over its burst.</summary>
    private static Bucket? Charged(Dictionary<ulong, Bucket> buckets, ulong key, Limit limit, uint cost, uint tick)
    {
        var bucket = buckets.GetValueOrDefault(key);
        var drained = (ulong)unchecked(tick - bucket.Stamp) * limit.Drain;
        var debt = bucket.Debt - Math.Min(bucket.Debt, drained) + cost;
        return debt > limit.Burst ? null : new Bucket(tick, debt);
    }

    private readonly record struct Bucket(uint Stamp, ulong Debt);
}
