namespace Slipway.Xdp.Status;

/// <summary>Guarded ports, both ends included.</summary>
public sealed record PortStatus
{
    /// <summary>udp or tcp.</summary>
    public required string Protocol { get; init; }

    public required int First { get; init; }

    public required int Last { get; init; }

    public required PortRole Role { get; init; }

    /// <summary>True when the role comes from the node's own contact info.</summary>
    public bool Learnt { get; init; }
}
