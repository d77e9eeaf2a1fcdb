namespace Slipway.Agent.Configuration;

/// <param name="PacketsPerSecond">What may arrive lastingly.</param>
/// <param name="Burst">How many packets may come at once after a pause.</param>
internal sealed record RateLimit(int PacketsPerSecond, int Burst)
{
    /// <summary>
    /// What a default is as long as the agent knows nobody (no stake source, or none that has answered yet): then the whole cluster is
    /// strangers, shreds and all. What a configuration says holds always.
    /// </summary>
    public RateLimit? WhileNobodyIsKnown { get; init; }
}
