namespace Slipway.Agent.Configuration;

/// <summary>Where the agent writes what it knows, for readers that come through the Talos API.</summary>
internal sealed record StatusConfig
{
    public string Folder { get; init; } = "/run/slipway/xdp";

    public TimeSpan Every { get; init; } = TimeSpan.FromSeconds(5);
}
