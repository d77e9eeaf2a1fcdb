namespace Slipway.Agent.Configuration;

/// <param name="PacketsPerSecond">What may arrive lastingly.</param>
/// <param name="Burst">How many packets may come at once after a pause.</param>
internal sealed record RateLimit(int PacketsPerSecond, int Burst);
