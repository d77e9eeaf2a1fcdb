using Slipway.Core.Doctor;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// Looks at everything once more, as a stranger would: the plan from here must be empty and every node ready by its own word;
/// then the doctor's list must find nothing that fails.
/// </summary>
internal sealed class VerifyPhase : Phase
{
    private static readonly string[] s_leftovers = ["kube-flannel", "kube-proxy"];

    public override string Id => PhaseIds.Verify;

    public override string Title => "Verify";

    public override Verification Verify(RunContext run) =>
        new(
            [
                new Condition("nothing is left to do, and every node says that it is ready", null, token => LookAsync(run, token)),
                new Condition("Talos brought neither flannel nor kube-proxy", null, token => LookForLeftoversAsync(run, token)),
                .. FilterConditions.Of(run),
            ],
            run.Options.VerifyTimeout)
        {
            Then = CheckupCondition.Of(run, CheckMoments.AfterRun, $"no check of 'slipway doctor' fails on any of the {run.Spec.Nodes.Count} nodes", run.Spec.Nodes),
        };

    /// <summary>Talos makes its manifests once and never takes them away: what a config without "none" brought stays beside Cilium.</summary>
    private static async Task<Verdict> LookForLeftoversAsync(RunContext run, CancellationToken cancellationToken)
    {
        if (run.State.Kubernetes is not { } kubernetes)
        {
            return Verdict.Waiting("the Kubernetes API was not reached yet");
        }

        var found = (await kubernetes.WorkloadsAsync(ClusterPlanner.ReleaseNamespace, cancellationToken)).Where(workload => s_leftovers.Contains(workload.Name)).ToList();
        return found.Count == 0
            ? Verdict.Met
            : Verdict.Failed($"{string.Join(" and ", found.Select(workload => $"{workload.Kind} {workload.Name}"))} in {ClusterPlanner.ReleaseNamespace}: both it and Cilium handle the same packets; delete it with kubectl, Talos does not bring it back", cause: FailureReason.Unfit);
    }

    private static async Task<Verdict> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        await new Observer(run).ObserveAllAsync(cancellationToken);
        var observed = run.State.Snapshot();
        foreach (var node in run.Spec.Nodes)
        {
            if (observed.Nodes.TryGetValue(node.Name, out var seen))
            {
                // A machine that was swapped under the run is no success, though it may look ready.
                ConnectPhase.Identify(PhaseIds.Verify, node, seen);
            }
        }

        if (!observed.Cluster.ApiReady)
        {
            return Verdict.Waiting("the Kubernetes API does not answer");
        }

        var left = Planner.Plan(run.Desired, observed).Actions;
        if (left.Count > 0)
        {
            return Verdict.Waiting($"still to do: {string.Join("; ", left.Take(3).Select(action => $"{action.Target}: {action.Summary}"))}");
        }

        var missing = run.Spec.Nodes.SelectMany(node => KernelArgumentCheck.Missing(run.Spec, node, observed.Nodes[node.Name]).Select(argument => $"{node.Name}: {argument}")).ToList();
        if (missing.Count > 0)
        {
            // All else is done: what an operator asked for and did not get must not pass for success.
            return Verdict.Failed($"kernel arguments: {string.Join("; ", missing)}");
        }

        var waiting = observed.Nodes.Values.Where(node => !(node is { Mode: NodeMode.Configured, Stage: NodeStage.Running, Ready: true }))
            .OrderBy(node => node.Name, StringComparer.Ordinal).ToList();
        return waiting.Count == 0
            ? Verdict.Met
            : Verdict.Waiting(string.Join("; ", waiting.Take(3).Select(node => $"{node.Name} is {NodeText.Of(node)}")), waiting[0].Name, waiting[0].Failure?.Reason);
    }
}
