using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Doctor;

/// <summary>
/// Fetches what the checks need from one node, and lets them judge it. Nothing is changed, and whatever a node does not tell is a
/// line of the checkup, never a failure of it.
/// </summary>
public sealed class NodeExaminer(ITalosFleet fleet)
{
    /// <param name="desired">Null judges the node by the config that it has.</param>
    public async Task<NodeCheckup> ExamineAsync(DesiredState? desired, NodeSpec node, CancellationToken cancellationToken)
    {
        var port = fleet.Node(node);
        var seen = await port.ObserveAsync(ObservationDepth.Full, cancellationToken);
        if (seen.Mode == NodeMode.Unreachable)
        {
            return Checkup(node, seen, [Silent(seen)]);
        }

        var subject = desired is null ? NodeSubjects.Of(node, seen) : NodeSubjects.Of(desired, node, seen, doctor: true);
        if (seen.Mode == NodeMode.Configured)
        {
            try
            {
                subject = await CompleteAsync(port, subject, cancellationToken);
            }
            catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
            {
                return Checkup(node, seen, [Silent(seen with { Failure = new NodeFailure(error.Reason, error.Message) })]);
            }
        }

        return Checkup(node, seen, NodeChecks.Run(subject));
    }

    /// <summary>Folders come first: some checks name their files by what is in them.</summary>
    private static async Task<NodeSubject> CompleteAsync(ITalosNode port, NodeSubject subject, CancellationToken cancellationToken)
    {
        var checks = NodeChecks.At(subject.Moment).ToList();
        subject = subject with { Detail = await port.DetailAsync(cancellationToken) };
        var folders = await port.ListFoldersAsync([.. checks.SelectMany(check => check.Folders(subject)).Distinct()], cancellationToken);
        subject = subject with { Detail = subject.Detail with { Folders = folders } };
        var files = await port.ReadFilesAsync([.. checks.SelectMany(check => check.Files(subject)).Distinct()], cancellationToken);
        return subject with { Detail = subject.Detail with { Files = files } };
    }

    private static NodeCheckup Checkup(NodeSpec node, NodeObservation seen, IReadOnlyList<CheckLine> lines) => new()
    {
        Node = node.Name,
        Address = node.Address,
        Role = seen.MachineType,
        Talos = seen.Talos?.ToString(),
        Checks = lines,
    };

    private static CheckLine Silent(NodeObservation seen) => new()
    {
        Check = "node.answers",
        Outcome = CheckOutcome.Fail,
        Expected = "an answer on its Talos API",
        Got = seen.Failure?.Message ?? "none",
        Why = "without an answer nothing of the node is known",
        Fix = "is the machine on, its address right, and port 50000 open from here?",
    };
}
