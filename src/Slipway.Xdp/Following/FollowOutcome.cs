namespace Slipway.Xdp.Following;

/// <summary>What a look at a followed slot found and did.</summary>
public enum FollowOutcome
{
    /// <summary>Nobody has the slot. It is left free, since an owner that comes must find it so; stand in the tcx chain meanwhile.</summary>
    Free,

    /// <summary>The filter runs in front of the owner's program, as it did at the last look.</summary>
    InPlace,

    /// <summary>The filter was put in front of the owner's program just now.</summary>
    Joined,

    /// <summary>The owner attached by netlink: there is no link to join.</summary>
    NoLink,

    /// <summary>No variant of the filter fits the owner's program; nothing was changed.</summary>
    Unfit,

    /// <summary>Another filter of this kind is there, and two that follow would fight: this one stands back.</summary>
    Contested,

    /// <summary>The owner changed its program between look and act; look again.</summary>
    Raced,
}
