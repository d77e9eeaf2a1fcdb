namespace Slipway.Xdp.Status;

/// <summary>One source or network that the filter knows.</summary>
public sealed record PeerStatus
{
    /// <summary>An address or a prefix, such as 192.0.2.1/32.</summary>
    public required string Network { get; init; }

    public required PeerClass Class { get; init; }

    /// <summary>0 to 7: how often a stakeholder's own limit is doubled.</summary>
    public int Weight { get; init; }

    public ulong Lamports { get; init; }
}
