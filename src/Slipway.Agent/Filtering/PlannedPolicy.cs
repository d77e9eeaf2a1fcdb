using Slipway.Agent.Configuration;
using Slipway.Xdp.Maps;

namespace Slipway.Agent.Filtering;

/// <summary>A plan in the form that the program's tables are written from.</summary>
internal static class PlannedPolicy
{
    public static FilterPolicy Of(FilterPlan plan, AgentConfig config) => new()
    {
        OwnAddresses = plan.OwnAddresses,
        ShredVersion = plan.ShredVersion,
        Identity = plan.Identity is { } identity && Base58.TryDecode32(identity, out var key) ? key : default,
        Limits = plan.Limits.ToDictionary(
            limit => (limit.Role, limit.Group),
            limit => new RoleLimits(Bucket(limit.SourceRate, limit.SourceBurst), Bucket(limit.TotalRate, limit.TotalBurst))),
        MarkMetadata = config.Marks.Metadata,
        MarkDscp = config.Marks.Dscp.Count == 0 ? null : config.Marks.Dscp.ToDictionary(entry => entry.Key, entry => (byte)entry.Value),
        ExileCpus = config.Exile?.Cpus ?? [],
        ExileQueue = config.Exile?.Queue ?? FilterPolicy.Empty.ExileQueue,
    };

    private static BucketLimit Bucket(int? rate, int? burst) => rate is { } packets ? BucketLimit.Of(packets, burst ?? packets) : BucketLimit.None;
}
