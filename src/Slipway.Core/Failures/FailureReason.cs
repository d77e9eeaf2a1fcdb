namespace Slipway.Core.Failures;

/// <summary>Why something that an operator asked for did not happen. One switch in the CLI turns it into an exit code.</summary>
public enum FailureReason
{
    /// <summary>Nothing more exact is known.</summary>
    Unknown,

    /// <summary>A file, flag or document that the user gave is wrong.</summary>
    BadInput,

    /// <summary>A check before the first change did not pass.</summary>
    Preflight,

    /// <summary>A check of a node that runs did not pass: it is up, and not fit for its work.</summary>
    Unfit,

    /// <summary>Nobody answers at the address: refused, no route, connection cut.</summary>
    Unreachable,

    /// <summary>The peer's certificate is not from the CA (or has not the fingerprint) that was expected.</summary>
    UntrustedPeer,

    /// <summary>The peer does not accept our certificate, or our role is too low for the call.</summary>
    PermissionDenied,

    /// <summary>The node has no configuration yet, so the call is not served.</summary>
    MaintenanceMode,

    /// <summary>The node does not serve this call: wrong role, wrong mode or wrong Talos version.</summary>
    NotSupported,

    /// <summary>The node's state does not allow the call yet; asking again later is right.</summary>
    NotYet,

    /// <summary>What was to be made is there already.</summary>
    AlreadyDone,

    /// <summary>What was asked for is not there.</summary>
    NotFound,

    /// <summary>The peer says that what we sent is invalid.</summary>
    Rejected,

    /// <summary>The node is not the one that the spec names: another UUID, MAC, serial, role or cluster.</summary>
    WrongNode,

    /// <summary>A deadline passed.</summary>
    TimedOut,

    /// <summary>Slipway refuses because going on could lose data or cut off the node.</summary>
    Unsafe,

    /// <summary>helm ended with an error.</summary>
    Helm,

    /// <summary>The Kubernetes API ended a call with an error.</summary>
    Kubernetes,

    /// <summary>A file of ours could not be read or written: disk full, no permission, damaged journal.</summary>
    LocalState,

    /// <summary>Ctrl-C or SIGTERM.</summary>
    Interrupted,
}
