namespace Slipway.Agent.Configuration;

/// <summary>What a group of sources may send to one role. Null is no limit.</summary>
/// <param name="Source">Each source; for stakeholders it doubles with each step of weight, up to 128-fold.</param>
/// <param name="Total">All sources of the group together.</param>
internal sealed record GroupLimits(RateLimit? Source, RateLimit? Total);
