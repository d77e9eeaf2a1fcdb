using Slipway.Core.Failures;

namespace Slipway.Cli;

/// <summary>What the process ends with. Scripts rely on these numbers: they are never given another meaning.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    public const int Failure = 1;

    /// <summary><c>plan --detailed-exitcode</c>, and <c>config diff</c>: there is something to change.</summary>
    public const int ChangesPending = 2;

    public const int BadInput = 3;

    /// <summary>A check did not pass: before the first change, at the end of a run, or by <c>doctor</c>.</summary>
    public const int Preflight = 4;

    /// <summary>Nobody answered, or who answered refused us or was not to be trusted.</summary>
    public const int Unreachable = 5;

    public const int TimedOut = 6;

    /// <summary>Slipway stopped because going on could have lost data, quorum or a node.</summary>
    public const int Unsafe = 7;

    /// <summary>128 + SIGINT, as shells count.</summary>
    public const int Interrupted = 130;

    public static int For(FailureReason reason) => reason switch
    {
        FailureReason.BadInput => BadInput,
        FailureReason.Preflight or FailureReason.Unfit => Preflight,
        FailureReason.Unreachable or FailureReason.UntrustedPeer or FailureReason.PermissionDenied => Unreachable,
        FailureReason.TimedOut => TimedOut,
        FailureReason.WrongNode or FailureReason.Unsafe => Unsafe,
        FailureReason.Interrupted => Interrupted,
        FailureReason.Unknown or FailureReason.MaintenanceMode or FailureReason.NotSupported or FailureReason.NotYet
            or FailureReason.AlreadyDone or FailureReason.NotFound or FailureReason.Rejected or FailureReason.Helm
            or FailureReason.Kubernetes or FailureReason.LocalState => Failure,
        _ => Failure,
    };
}
