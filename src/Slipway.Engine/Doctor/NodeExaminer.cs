using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Doctor;

/// <summary>
/// Fetches what the checks of a moment need from one node, and lets them judge it. Nothing is changed, and whatever a node does
/// not tell is a line of the checkup, never a failure of it.
/// </summary>
public sealed class NodeExaminer(ITalosFleet fleet)
{
    /// <summary>Looks at a node for its own sake.</summary>
    /// <param name="desired">Null judges the node by the config that it has.</param>
    public async Task<NodeCheckup> ExamineAsync(DesiredState? desired, NodeSpec node, CancellationToken cancellationToken)
    {
        var port = fleet.Node(node);
        var seen = await port.ObserveAsync(ObservationDepth.Full, cancellationToken);
        return seen.Mode == NodeMode.Unreachable
            ? Checkup(node, seen, [Silent(seen)])
            : await ExamineAsync(port, desired is null ? NodeSubjects.Of(node, seen) : NodeSubjects.Of(desired, node, seen, CheckMoments.LiveNode), cancellationToken);
    }

    /// <summary>Looks at a node that a run has just observed.</summary>
    public Task<NodeCheckup> ExamineAsync(DesiredState desired, NodeSpec node, NodeObservation seen, CheckMoments moment, CancellationToken cancellationToken) =>
        ExamineAsync(fleet.Node(node), NodeSubjects.Of(desired, node, seen, moment), cancellationToken);

    private static async Task<NodeCheckup> ExamineAsync(ITalosNode port, NodeSubject subject, CancellationToken cancellationToken)
    {
        try
        {
            subject = await CompleteAsync(port, subject, cancellationToken);
            return Checkup(subject.Node, subject.Seen, NodeChecks.Run(subject));
        }
        catch (SlipwayException error) when (error.Reason is FailureReason.Unreachable or FailureReason.TimedOut)
        {
            return Checkup(subject.Node, subject.Seen, [Silent(subject.Seen with { Failure = new NodeFailure(error.Reason, error.Message) })]);
        }
    }

    /// <summary>Folders come first: some checks name their files by what is in them. What no check asks for is not fetched.</summary>
    private static async Task<NodeSubject> CompleteAsync(ITalosNode port, NodeSubject subject, CancellationToken cancellationToken)
    {
        var checks = NodeChecks.At(subject.Moment).ToList();
        if (subject.Runs)
        {
            subject = subject with { Detail = await port.DetailAsync(cancellationToken) };
        }

        List<string> folders = [.. checks.SelectMany(check => check.Folders(subject)).Distinct()];
        if (folders.Count > 0)
        {
            subject = subject with { Detail = subject.Detail with { Folders = await port.ListFoldersAsync(folders, cancellationToken) } };
        }

        // In maintenance mode nobody is an administrator, and only administrators read files.
        List<string> files = subject.Moment == CheckMoments.BlankMachine ? [] : [.. checks.SelectMany(check => check.Files(subject)).Distinct()];
        return files.Count == 0 ? subject : subject with { Detail = subject.Detail with { Files = await port.ReadFilesAsync(files, cancellationToken) } };
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
        Check = SilentCheck,
        Outcome = CheckOutcome.Fail,
        Expected = "an answer on its Talos API",
        Got = seen.Failure?.Message ?? "none",
        Why = "without an answer nothing of the node is known",
        Fix = "is the machine on, its address right, and port 50000 open from here?",
    };

    /// <summary>The only line of a node that did not answer.</summary>
    internal const string SilentCheck = "node.answers";
}
