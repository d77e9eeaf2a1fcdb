namespace Slipway.Agent.Configuration;

internal enum SlotPolicy
{
    /// <summary>Takes the interface's XDP slot when it is free, and stands aside (tcx) when somebody holds it.</summary>
    Own,

    /// <summary>Runs in front of the program that holds the slot, and follows its updates.</summary>
    Follow,

    /// <summary>Leaves the XDP slot to others: runs at the head of the tcx chain.</summary>
    Tcx,

    Off,
}
