using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Engine.Doctor;

namespace Slipway.Engine.Running;

/// <summary>
/// The doctor's list as a condition of a run. What settles by itself, as a service that has just started, gets a moment to do
/// so; what fails then has failed. Warnings are told once it is met, nodes with the same one together.
/// </summary>
internal sealed class CheckupCondition(RunContext run, CheckMoments moment, IReadOnlyList<NodeSpec> nodes)
{
    private const int NamedNodes = 3;

    private const int NamedFailures = 5;

    private long? _firstFailure;

    public static Verification Of(RunContext run, CheckMoments moment, string description, IReadOnlyList<NodeSpec> nodes) => nodes.Count == 0
        ? Verification.None
        : new Verification([new Condition(description, null, new CheckupCondition(run, moment, nodes).LookAsync)], run.Options.VerifyTimeout);

    private async Task<Verdict> LookAsync(CancellationToken cancellationToken)
    {
        var seen = nodes.Select(node => (node, run.State.Nodes[node.Name])).ToList();
        var checkups = await Checkup.RunAsync(run.Ports.Fleet, run.Desired, seen, moment, cancellationToken);
        var failed = Lines(checkups, CheckOutcome.Fail);
        if (failed.Count == 0)
        {
            foreach (var (line, of) in Together(Lines(checkups, CheckOutcome.Warn)))
            {
                run.Notice($"{of}: {line}", warning: true);
            }

            return Verdict.Met;
        }

        // The next look must not judge by what was seen before this one.
        await new Observer(run).ObserveNodesAsync(nodes, Ports.ObservationDepth.Full, cancellationToken);
        var all = Together(failed).ToList();
        var text = string.Join("; ", all.Take(NamedFailures).Select(pair => $"{pair.Of}: {pair.Line}")) + (all.Count > NamedFailures ? $"; and {all.Count - NamedFailures} more" : "");
        var settled = run.Time.GetElapsedTime(_firstFailure ??= run.Time.GetTimestamp()) >= run.Options.CheckupTime;
        return settled && failed.TrueForAll(pair => pair.Line.Check != NodeExaminer.SilentCheck)
            ? Verdict.Failed(text, failed[0].Node, FailureReason.Unfit)
            : Verdict.Waiting(text, failed[0].Node);
    }

    private static List<(string Node, CheckLine Line)> Lines(IEnumerable<NodeCheckup> checkups, CheckOutcome outcome) =>
        [.. checkups.SelectMany(checkup => checkup.Checks.Where(line => line.Outcome == outcome).Select(line => (checkup.Node, line)))];

    /// <summary>The same line of many nodes once, with the nodes' names before it.</summary>
    private static IEnumerable<(string Line, string Of)> Together(IEnumerable<(string Node, CheckLine Line)> lines) =>
        lines.GroupBy(pair => pair.Line.ToString(), pair => pair.Node, StringComparer.Ordinal).Select(group => (group.Key, Names([.. group])));

    private static string Names(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(NamedNodes)) + (names.Count > NamedNodes ? $" and {names.Count - NamedNodes} more" : "");
}
