namespace Slipway.Xdp.Attaching;

/// <summary>Where a program stands, the cheapest for a dropped packet first.</summary>
public enum AttachPlace
{
    /// <summary>Nowhere.</summary>
    None,

    /// <summary>XDP in the driver: before a packet buffer is made.</summary>
    Driver,

    /// <summary>In front of another owner's program, inside that owner's link.</summary>
    Followed,

    /// <summary>The head of the tcx ingress chain: about 90 ns a packet later, together with others.</summary>
    Tcx,

    /// <summary>XDP in the stack.</summary>
    Generic,
}
