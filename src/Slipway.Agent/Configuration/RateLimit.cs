namespace Slipway.Agent.Configuration;

/// <summary>Packets a second, and how many may come at once after a pause.</summary>
internal sealed record RateLimit(int PacketsPerSecond, int Burst);
