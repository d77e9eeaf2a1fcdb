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

    public override Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken) =>
        ReachAsync(run, Id, run.Spec.Nodes, cancellationToken);

    /// <summary>Observes nodes, waiting for those that do not answer: what a silent node needs is not known, which is not the same as nothing.</summary>
    internal static async Task ReachAsync(RunContext run, string phase, IEnumerable<NodeSpec> nodes, CancellationToken cancellationToken)
    {
        var waiter = new NodeWaiter(run);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = run.Options.Parallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(nodes, parallel, async (node, token) =>
        {
            var seen = await waiter.WaitAsync(phase, node, "the node answers on its Talos API", run.Options.ConnectTimeout, seen => Answers(phase, node, seen), token);
            Identify(phase, node, seen);
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
    private static bool Answers(string phase, NodeSpec node, NodeObservation seen) =>
        NodeRefusal.Is(phase, seen) ? throw NodeRefusal.Of(phase, node, seen, "a node in maintenance mode, or one of this cluster") : seen.Mode != NodeMode.Unreachable;
}
