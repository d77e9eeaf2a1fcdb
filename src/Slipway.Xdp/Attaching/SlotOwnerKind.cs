namespace Slipway.Xdp.Attaching;

/// <summary>Whose program has the XDP slot, told by the program's name.</summary>
public enum SlotOwnerKind
{
    /// <summary>The slot is free.</summary>
    Nobody,

    /// <summary>Slipway's own filter.</summary>
    Slipway,

    /// <summary>Cilium with loadBalancer.acceleration: <c>cil_xdp_entry</c>.</summary>
    Cilium,

    /// <summary>Agave with zero-copy retransmission: <c>agave_xdp</c>.</summary>
    Agave,

    /// <summary>Firedancer's net tile: <c>fd_xdp_...</c>.</summary>
    Firedancer,

    /// <summary>libxdp's dispatcher (xdp-loader, xdp-filter): <c>xdp_dispatcher</c>.</summary>
    Libxdp,

    /// <summary>A program whose name says nothing to us.</summary>
    Unknown,
}
