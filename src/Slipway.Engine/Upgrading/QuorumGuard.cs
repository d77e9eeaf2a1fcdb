using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Upgrading;

/// <summary>
/// No control plane goes down while another is away: since 1.13 Talos does not look after that itself. A cluster without
/// etcd members has nothing to lose, and one with a single member has no other way.
/// </summary>
internal sealed class QuorumGuard(RunContext run, string phase)
{
    /// <summary>Returns when every other member is up; refuses when that does not come true in time.</summary>
    /// <exception cref="SlipwayException">Unsafe.</exception>
    public Task AwaitAsync(NodeSpec node, CancellationToken cancellationToken) => Attempts.UntilDoneAsync(
        run, run.Options.EtcdTimeout, async token =>
        {
            var reason = await ReasonAsync(node, token);
            if (reason is not null)
            {
                run.Report(node, "waits for the other control planes", reason);
            }

            return reason;
        }, reason => new SlipwayException(FailureReason.Unsafe, $"{node.Name} ({node.Address}) is not taken down: etcd could lose its quorum")
        {
            Node = node.Name,
            Phase = phase,
            Expected = "every other control plane is a running member of etcd",
            Found = reason,
            Hint = "bring the other control planes back first; nothing was done to this one",
        }, cancellationToken);

    /// <summary>Why not; null when the node may go down.</summary>
    private async Task<string?> ReasonAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        var observer = new Observer(run);
        await observer.ObserveNodesAsync(run.Spec.ControlPlanes, ObservationDepth.Full, cancellationToken);
        await observer.ObserveEtcdAsync(cancellationToken);
        var nodes = run.State.Snapshot().Nodes;
        var members = run.State.Cluster.Etcd ?? [];
        if (members.Count == 0)
        {
            return nodes.Values.Any(seen => seen.EtcdMemberId is not null) || run.State.Local.Bootstrap is { Confirmed: true }
                ? "no control plane lists etcd's members"
                : null;
        }

        if (members.Count == 2)
        {
            return "etcd has exactly two members and needs both";
        }

        var away = members.Select(member => member.Hostname).Where(name => name != node.Name && !IsUp(nodes.GetValueOrDefault(name))).ToList();
        var learning = members.Where(member => member.IsLearner).Select(member => member.Hostname).ToList();
        return away.Count > 0 ? $"not up: {string.Join(", ", away)}"
            : learning.Count > 0 ? $"not yet voting: {string.Join(", ", learning)}"
            : null;
    }

    private static bool IsUp(NodeObservation? seen) => seen is { Mode: NodeMode.Configured, Stage: NodeStage.Running or NodeStage.Booting, EtcdMemberId: not null };
}
