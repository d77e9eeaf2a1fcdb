using Slipway.Core.Doctor;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;

namespace Slipway.Engine.Doctor;

/// <summary>A checkup of many nodes at a time.</summary>
public static class Checkup
{
    /// <summary>A node takes some hundred small calls: fewer at a time than a run observes.</summary>
    private const int AtOnce = 8;

    /// <summary>The nodes' checkups in the order of <paramref name="nodes"/>.</summary>
    /// <param name="desired">Null judges each node by the config that it has.</param>
    public static async Task<DoctorReport> RunAsync(ITalosFleet fleet, DesiredState? desired, IReadOnlyList<NodeSpec> nodes, CancellationToken cancellationToken)
    {
        var examiner = new NodeExaminer(fleet);
        return new DoctorReport
        {
            Cluster = desired?.Spec.Name,
            Nodes = await EachAsync(nodes, (node, token) => examiner.ExamineAsync(desired, node, token), cancellationToken),
        };
    }

    /// <summary>Of nodes that a run has just observed.</summary>
    internal static Task<NodeCheckup[]> RunAsync(
        ITalosFleet fleet, DesiredState desired, IReadOnlyList<(NodeSpec Node, NodeObservation Seen)> nodes, CheckMoments moment, CancellationToken cancellationToken)
    {
        var examiner = new NodeExaminer(fleet);
        return EachAsync(nodes, (pair, token) => examiner.ExamineAsync(desired, pair.Node, pair.Seen, moment, token), cancellationToken);
    }

    private static async Task<NodeCheckup[]> EachAsync<T>(IReadOnlyList<T> nodes, Func<T, CancellationToken, Task<NodeCheckup>> examine, CancellationToken cancellationToken)
    {
        var checkups = new NodeCheckup[nodes.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, nodes.Count, parallel, async (index, token) => checkups[index] = await examine(nodes[index], token));
        return checkups;
    }
}
