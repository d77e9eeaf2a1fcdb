namespace Slipway.Xdp.Failures;

/// <summary>Why something with the filter did not work; what an operator, or the agent, decides on.</summary>
public enum XdpFailureReason
{
    /// <summary>An answer of the kernel that nobody foresaw; the errno is in the message.</summary>
    Kernel,

    /// <summary>CAP_BPF and CAP_NET_ADMIN (or root) are missing, or lockdown forbids it.</summary>
    NotPermitted,

    /// <summary>Another program has the slot.</summary>
    SlotTaken,

    /// <summary>The driver cannot run a program without multi-buffer support at this MTU.</summary>
    MtuTooLarge,

    /// <summary>Kernel or driver have no such ability.</summary>
    NotSupported,

    /// <summary>The object file is not one of ours, is damaged, or is of another layout.</summary>
    ObjectDamaged,

    /// <summary>The verifier refused the program; the message ends with the end of its log.</summary>
    VerifierRefused,

    /// <summary>Program and map do not fit: frags flag or expected attach type differ (C1 of the kernel's owner rules).</summary>
    OwnerMismatch,

    /// <summary>The network interface does not exist (any more).</summary>
    NoSuchNic,

    /// <summary>The link lives on, pinned, but its interface is gone (ENOLINK).</summary>
    LinkSevered,

    /// <summary>Somebody changed the slot between our look and our act; look again.</summary>
    ChangedMeanwhile,

    /// <summary>Another agent works on this interface.</summary>
    Locked,

    /// <summary>What is pinned cannot be used: written by another layout, half made, or not bpffs.</summary>
    PinsUnusable,

    /// <summary>A table has no room for what was given.</summary>
    TableFull,

    /// <summary>A value that no table of ours can hold.</summary>
    BadValue,
}
