namespace Slipway.Xdp.Network;

/// <summary>What a driver says that it can do, by the netdev family (linux/netdev.h, kernel 6.3 and later).</summary>
[Flags]
public enum XdpFeatures : ulong
{
    None = 0,

    /// <summary>Runs programs in driver mode: pass, drop, abort, transmit.</summary>
    Basic = 1,

    Redirect = 2,
    RedirectTarget = 4,
    ZeroCopySockets = 8,
    HardwareOffload = 16,

    /// <summary>Frames in several buffers: what driver mode needs at MTU 9000 (program with frags).</summary>
    Fragments = 32,

    FragmentsTarget = 64,
}
