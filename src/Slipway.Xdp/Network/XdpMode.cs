namespace Slipway.Xdp.Network;

/// <summary>How a program is attached to the XDP hook of an interface, as rtnetlink says (XDP_ATTACHED_*).</summary>
public enum XdpMode
{
    None = 0,

    /// <summary>In the driver, before a packet buffer is made.</summary>
    Driver = 1,

    /// <summary>In the stack, for drivers that cannot: some 60 ns a packet dearer.</summary>
    Generic = 2,

    /// <summary>In the NIC itself.</summary>
    Hardware = 3,

    /// <summary>More than one of them.</summary>
    Several = 4,
}
