namespace Slipway.Xdp.Reference;

/// <summary>The limits of a role and group.</summary>
/// <param name="Source">Of each source of the group.</param>
/// <param name="Total">Of all sources of the group together.</param>
public readonly record struct LimitPair(Limit Source, Limit Total);
