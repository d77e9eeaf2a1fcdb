namespace Slipway.Agent.Configuration;

/// <summary>Marks for later stages. Off by default: Cilium reads metadata, and switches read DSCP.</summary>
internal sealed record MarksConfig
{
    /// <summary>DSCP of stakeholders' packets, 0-63; null leaves it as it came.</summary>
    public int? Dscp { get; init; }

    /// <summary>Four bytes of metadata in front of stakeholders' packets; null is none.</summary>
    public uint? Metadata { get; init; }
}
