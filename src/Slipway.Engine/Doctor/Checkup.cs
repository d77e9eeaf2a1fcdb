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
        var checkups = new NodeCheckup[nodes.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, nodes.Count, parallel, async (index, token) => checkups[index] = await examiner.ExamineAsync(desired, nodes[index], token));
        return new DoctorReport { Cluster = desired?.Spec.Name, Nodes = checkups };
    }
}
