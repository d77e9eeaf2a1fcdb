namespace Slipway.Xdp.Attaching;

/// <summary>What the filter does about the XDP slot of an interface, of which there is one.</summary>
public enum SlotPolicy
{
    /// <summary>Takes the slot when nobody has it; the tcx chain, when somebody has.</summary>
    Own,

    /// <summary>Leaves the slot to its owner, and runs in front of the owner's program, inside the owner's link; in the tcx chain while there is none.</summary>
    Follow,

    /// <summary>Leaves the slot to others and stands at the head of the tcx chain.</summary>
    Tcx,

    /// <summary>Is not attached.</summary>
    Off,
}
