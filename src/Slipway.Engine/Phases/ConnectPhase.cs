using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Reaches every node and makes sure that each is the machine which the spec names.</summary>
internal sealed class ConnectPhase : Phase
{
    public override string Id => PhaseIds.Connect;

    public override string Title => "Connect and identify nodes";

    public override async Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken)
    {
        var waiter = new NodeWaiter(run);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(run.Spec.Nodes, parallel, async (node, token) =>
        {
            var seen = await waiter.WaitAsync(Id, node, "the node answers on its Talos API", run.Options.ConnectTimeout, Answers, token);
            Identify(Id, node, seen);
        });
    }

    /// <summary>Throws unless the machine is the one that the spec names: nothing is sent to another.</summary>
    internal static void Identify(string phase, NodeSpec node, NodeObservation seen)
    {
        var mismatches = NodeIdentityCheck.Mismatches(node, seen);
        if (mismatches.Count > 0)
        {
            var first = mismatches[0];
            throw new SlipwayException(FailureReason.WrongNode,
                $"{node.Name} ({node.Address}): the machine has another {string.Join(" and ", mismatches.Select(mismatch => mismatch.Mark))} than the spec names")
            {
                Node = node.Name,
                Phase = phase,
                Expected = $"{first.Mark} {first.Expected}",
                Found = first.Found,
                Hint = "nothing was sent to it; correct the address or the identity in the spec",
            };
        }
    }

    /// <summary>A node of another cluster, or one that shows another fingerprint, will not change by waiting.</summary>
    private static bool Answers(NodeObservation seen) =>
        seen.Failure is { Reason: FailureReason.WrongNode or FailureReason.PermissionDenied or FailureReason.UntrustedPeer } failure
            ? throw new SlipwayException(failure.Reason, failure.Message)
            {
                Node = seen.Name,
                Phase = PhaseIds.Connect,
                Expected = "a node in maintenance mode, or one of this cluster",
                Hint = "nothing was sent to it; check the address, secrets file and fingerprint of this node",
            }
            : seen.Mode != NodeMode.Unreachable;
}
