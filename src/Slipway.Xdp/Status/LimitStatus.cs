namespace Slipway.Xdp.Status;

/// <summary>A limit of a role and group, in packets a second; null is none.</summary>
public sealed record LimitStatus
{
    public required PortRole Role { get; init; }

    public required PeerGroup Group { get; init; }

    public int? SourceRate { get; init; }

    public int? SourceBurst { get; init; }

    public int? TotalRate { get; init; }

    public int? TotalBurst { get; init; }
}
