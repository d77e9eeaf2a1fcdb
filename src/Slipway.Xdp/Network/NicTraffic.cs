namespace Slipway.Xdp.Network;

/// <summary>What an interface counted since it was made (rtnl_link_stats64). Packets that XDP dropped are not in it on every driver.</summary>
public sealed record NicTraffic
{
    public required ulong RxPackets { get; init; }

    public required ulong TxPackets { get; init; }

    public required ulong RxBytes { get; init; }

    public required ulong TxBytes { get; init; }

    public required ulong RxErrors { get; init; }

    public required ulong TxErrors { get; init; }

    public required ulong RxDropped { get; init; }

    public required ulong TxDropped { get; init; }

    /// <summary>Lost before any program ran: the ring was full.</summary>
    public required ulong RxMissed { get; init; }
}
