namespace Slipway.Xdp.Reference;

/// <summary>
/// What has been let through so far, by one CPU: the program's slw_sources, slw_totals and its slw_leases. Other CPUs have leases
/// of their own.
/// </summary>
public sealed class Buckets
{
    private readonly Dictionary<ulong, Bucket> _sources = [];
    private readonly Dictionary<ulong, Bucket> _totals = [];
    private readonly Lease[] _leases = new Lease[Lease.Places];
    private readonly Dictionary<ulong, uint> _totalLeases = [];

    /// <summary>Takes room for a packet from its source's bucket, then from its group's.</summary>
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
        var cost = packets * Limit.UnitsPerPacket;
        var isPeer = group != PeerGroup.Unknown;
        var bucket = tables.Hash.Bucket(source, role, group);
        if (limits.Source != Limit.None)
        {
            ref var lease = ref _leases[bucket % Lease.Places];
            if (isPeer && lease.Bucket == bucket && lease.Units >= cost)
            {
                lease = lease with { Units = lease.Units - cost };
            }
            else if (!TryCharge(_sources, bucket, limits.Source, cost, tick, isPeer ? tables.LeaseShift : null, out var ahead))
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
            var total = ((ulong)role << 2) + (ulong)group;
            var paid = _totalLeases.GetValueOrDefault(total);
            if (paid >= cost)
            {
                _totalLeases[total] = paid - cost;
            }
            else if (!TryCharge(_totals, total, limits.Total, cost, tick, isPeer ? tables.LeaseShift : null, out var ahead))
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

    /// <param name="leaseShift">Null: nothing is paid ahead.</param>
    /// <param name="ahead">What was charged beyond the cost.</param>
    private static bool TryCharge(Dictionary<ulong, Bucket> buckets, ulong key, Limit limit, uint cost, uint tick, int? leaseShift, out uint ahead)
    {
        var bucket = buckets.GetValueOrDefault(key);
        var drained = (ulong)unchecked(tick - bucket.Stamp) * limit.Drain;
        var debt = bucket.Debt - Math.Min(bucket.Debt, drained) + cost;
        ahead = 0;
        if (debt > limit.Burst)
        {
            return false;
        }

        if (leaseShift is { } shift)
        {
            ahead = Lease.Ahead(debt, limit.Burst, shift);
        }

        buckets[key] = new Bucket(tick, debt + ahead);
        return true;
    }

    private readonly record struct Bucket(uint Stamp, ulong Debt);
}
