using Slipway.Core.Planning;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Every control plane is a voting member of one etcd cluster.</summary>
internal sealed class EtcdPhase : Phase
{
    public override string Id => PhaseIds.Etcd;

    public override string Title => "etcd members";

    public override Verification Verify(RunContext run)
    {
        var expected = run.Spec.ControlPlanes.Count();
        return new Verification([new Condition($"etcd has {expected} voting {(expected == 1 ? "member" : "members")}", null, token => LookAsync(run, expected, token))], run.Options.EtcdTimeout);
    }

    private static async Task<Verdict> LookAsync(RunContext run, int expected, CancellationToken cancellationToken)
    {
        var observer = new Observer(run);
        await observer.ObserveEtcdAsync(cancellationToken);
        var members = run.State.Cluster.Etcd ?? [];
        var voting = members.Where(member => !member.IsLearner).Select(member => member.Hostname).Order(StringComparer.Ordinal).ToList();
        if (voting.Count > expected)
        {
            return Verdict.Failed($"more members than control planes: {string.Join(", ", voting)}");
        }

        if (voting.Count == expected)
        {
            return Verdict.Met;
        }

        // Only those are looked at that are waited for: one that is away is why, and one that was silent may know the members next time.
        await observer.ObserveNodesAsync(run.Spec.ControlPlanes.Where(node => !voting.Contains(node.Name)), ObservationDepth.Full, cancellationToken);
        return Missing(run, voting);
    }

    private static Verdict Missing(RunContext run, List<string> voting)
    {
        var found = voting.Count == 0 ? NoMember(run) : $"so far {string.Join(", ", voting)}";
        var away = run.Spec.ControlPlanes.FirstOrDefault(node => run.State.Nodes.GetValueOrDefault(node.Name) is not { Mode: NodeMode.Configured });
        if (away is null)
        {
            return Verdict.Waiting(found);
        }

        var seen = run.State.Nodes.GetValueOrDefault(away.Name);
        return Verdict.Waiting($"{found}; {away.Name} is {(seen is null ? "away" : NodeText.Of(seen))}", away.Name, seen?.Failure?.Reason);
    }

    private static string NoMember(RunContext run) =>
        run.State.Local.Bootstrap is { Confirmed: true } record
            ? $"no control plane lists a member, though etcd was bootstrapped on {record.Node}: bring the control planes back or restore a snapshot "
                + "(a second bootstrap would start an empty cluster, so Slipway does not try)"
            : "no member yet";
}
