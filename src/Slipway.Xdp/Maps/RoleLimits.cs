namespace Slipway.Xdp.Maps;

/// <summary>The limits of a role and group. Both are needed: a source of its own has a fresh burst each time it is forged.</summary>
/// <param name="Source">Of each source of the group; doubled by each step of a stakeholder's weight.</param>
/// <param name="Total">Of all sources of the group together.</param>
public readonly record struct RoleLimits(BucketLimit Source, BucketLimit Total);
