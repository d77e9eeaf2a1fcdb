using Slipway.Core.Planning;

namespace Slipway.Engine.Running;

/// <summary>What is true of a cluster now, and what is missing to what its spec wants.</summary>
public sealed record ClusterStatus
{
    public required string Cluster { get; init; }

    public required IReadOnlyList<NodeStatus> Nodes { get; init; }

    /// <summary>Hostnames of the voting members; null when no control plane serves etcd.</summary>
    public required IReadOnlyList<string>? Etcd { get; init; }

    public required bool ApiReady { get; init; }

    /// <summary>Such as <c>cilium-1.16.19, deployed, revision 1</c>; null when there is none.</summary>
    public required string? Release { get; init; }

    /// <summary>Policies that are there, of those that are wanted.</summary>
    public required int PoliciesPresent { get; init; }

    public required int PoliciesWanted { get; init; }

    public required Plan Pending { get; init; }

    /// <summary>True when there is nothing to do and every node is ready.</summary>
    public bool Converged => Pending.IsEmpty && ApiReady && Nodes.All(node => node.Ready);

    /// <summary>Looks at everything once.</summary>
    public static async Task<ClusterStatus> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        await new Observer(run).ObserveAllAsync(cancellationToken);
        var observed = run.State.Snapshot();
        var kubernetes = observed.Cluster.Nodes?.ToDictionary(node => node.Name);
        return new ClusterStatus
        {
            Cluster = run.Spec.Name,
            Nodes =
            [
                .. run.Spec.Nodes.Select(node =>
                {
                    var seen = observed.Nodes[node.Name];
                    var row = Runner.Row(node, seen);
                    return new NodeStatus(row.Name, row.Address, row.Role, row.Talos, row.State, kubernetes?.GetValueOrDefault(node.Name)?.Ready,
                        seen is { Mode: NodeMode.Configured, Stage: NodeStage.Running, Ready: true });
                }),
            ],
            Etcd = observed.Cluster.Etcd?.Where(member => !member.IsLearner).Select(member => member.Hostname).Order(StringComparer.Ordinal).ToList(),
            ApiReady = observed.Cluster.ApiReady,
            Release = observed.Cluster.Release is { } release ? $"{release.Chart}, {release.Status}, revision {release.Revision}" : null,
            PoliciesPresent = observed.Cluster.Objects.Count,
            PoliciesWanted = run.Desired.Policies.Count,
            Pending = Planner.Plan(run.Desired, observed),
        };
    }
}

/// <param name="State">In words.</param>
/// <param name="KubernetesReady">Null when Kubernetes does not know the node or does not answer.</param>
/// <param name="Ready">By Talos' own word.</param>
public sealed record NodeStatus(string Name, string Address, string Role, string? Talos, string State, bool? KubernetesReady, bool Ready);
