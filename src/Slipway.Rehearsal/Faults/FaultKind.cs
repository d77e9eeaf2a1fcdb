namespace Slipway.Rehearsal;

/// <summary>What can go wrong on order.</summary>
public enum FaultKind
{
    /// <summary>The connection is cut before a call has any effect.</summary>
    CutBefore,

    /// <summary>The connection is cut after a call had its effect; the caller cannot know.</summary>
    CutAfter,

    /// <summary>The node goes down for its first reboot, or loses its power as a phase begins, and stays away.</summary>
    NeverBack,

    /// <summary>Everything that the node does takes longer by a factor.</summary>
    Slow,

    /// <summary>The node shows certificates of another CA.</summary>
    WrongCertificate,

    /// <summary>The install fails for want of space, and so does a config applied to an installed node.</summary>
    DiskFull,

    /// <summary>The machine says another SMBIOS UUID than the one on its label: from a phase on, as if it had been swapped.</summary>
    WrongUuid,

    /// <summary>The Kubernetes API goes away for a time.</summary>
    ApiAway,

    /// <summary>A file of the node has another content, or is not there.</summary>
    File,

    /// <summary>Something that only a checkup finds.</summary>
    Ailment,

    /// <summary>A change of the network's config cuts the node off as long as it is in force.</summary>
    NetworkCutsOff,
}
