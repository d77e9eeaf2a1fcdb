namespace Slipway.Xdp.Reference;

/// <summary>Where the program hangs; the two differ in few things, which bpf/README.md names.</summary>
public enum Hook
{
    /// <summary>In the driver, or in front of another owner's program there.</summary>
    Xdp,

    /// <summary>At the head of the chain of traffic control: after the kernel has taken the packet up, without exile.</summary>
    Tcx,
}
