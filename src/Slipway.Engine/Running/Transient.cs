using Slipway.Core.Failures;

namespace Slipway.Engine.Running;

/// <summary>Which failures pass by themselves while machines install, reboot and join.</summary>
internal static class Transient
{
    public static bool Is(FailureReason reason) => reason is
        FailureReason.Unreachable or FailureReason.TimedOut or FailureReason.NotYet or FailureReason.MaintenanceMode
        // A node changes from its own certificate to the cluster's while it takes its config.
        or FailureReason.UntrustedPeer
        // A kind that a CRD is yet to define, a node that is yet to register.
        or FailureReason.NotFound;

    /// <summary>What to call a wait that ran out of time: when the last answer was a refusal it was not the clock that failed.</summary>
    /// <param name="last">Why the last look found nothing; null when it found something unfinished.</param>
    public static FailureReason OutOfTime(FailureReason? last) =>
        last is FailureReason.UntrustedPeer or FailureReason.PermissionDenied or FailureReason.WrongNode ? last.Value : FailureReason.TimedOut;
}
