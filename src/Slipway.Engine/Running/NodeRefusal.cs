using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;

namespace Slipway.Engine.Running;

/// <summary>
/// A node that answers but will have nothing to do with us, or that we must not trust: another cluster's, or an impostor.
/// Or one that is blank again: its install failed, and it came back as it was.
/// </summary>
internal static class NodeRefusal
{
    private const string BlankAgain = "blank again, in maintenance mode";

    public static bool Is(string phase, NodeObservation seen) =>
        (phase == PhaseIds.Install && seen.Mode == NodeMode.Maintenance) || seen.Failure is { Reason: FailureReason.WrongNode or FailureReason.PermissionDenied or FailureReason.UntrustedPeer };

    public static SlipwayException Of(string phase, NodeSpec node, NodeObservation seen, string expected) =>
        new(seen.Failure?.Reason ?? FailureReason.MaintenanceMode, seen.Failure?.Message ?? $"{node.Name} ({node.Address}) is {BlankAgain}")
        {
            Node = node.Name,
            Phase = phase,
            Expected = expected,
            Found = seen.Failure?.Message ?? BlankAgain,
            Hint = phase == PhaseIds.Install
                ? "look at the machine's console: if it is in maintenance mode again its install failed (is the disk full?) and its fingerprint is a new one; "
                    + "correct that and the fingerprint in the spec, then run the same command again"
                : $"nothing is sent to it; check the address {node.Address}, the secrets file and the fingerprint of this node",
        };
}
