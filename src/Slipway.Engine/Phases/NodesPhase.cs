using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Every node is Ready in Kubernetes, now that there is a CNI.</summary>
internal sealed class NodesPhase : Phase
{
    public override string Id => PhaseIds.Nodes;

    public override string Title => "Nodes ready";

    /// <summary>One list of nodes serves all conditions of a round: 500 nodes must not ask 500 times.</summary>
    public override Verification Verify(RunContext run) => new(
        [new Condition($"all {run.Spec.Nodes.Count} nodes are Ready in Kubernetes", null, token => LookAsync(run, token))], run.Options.ReadyTimeout);

    private static async Task<Verdict> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        var nodes = (await run.State.Kubernetes!.NodesAsync(cancellationToken)).ToDictionary(node => node.Name);
        run.State.Cluster = run.State.Cluster with { Nodes = [.. nodes.Values] };
        var waiting = run.Spec.Nodes.Select(node => Reason(node, nodes.GetValueOrDefault(node.Name))).OfType<string>().ToList();
        return Verdict.From(waiting.Count == 0, Shorten(waiting));
    }

    private static string? Reason(NodeSpec node, KubernetesNode? seen) =>
        seen is null ? $"{node.Name} has not registered"
        : seen.Ready ? null
        : $"{node.Name}: {seen.NotReadyReason ?? "not ready"}";

    private static string Shorten(List<string> reasons) =>
        string.Join("; ", reasons.Take(3)) + (reasons.Count > 3 ? $"; and {reasons.Count - 3} more" : "");
}
