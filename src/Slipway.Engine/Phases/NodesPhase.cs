using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>Every node is Ready in Kubernetes, now that there is a CNI.</summary>
internal sealed class NodesPhase : Phase
{
    /// <summary>What the node controller says of a node that has sent no sign of life for 40 s (Kubernetes: pkg/controller/nodelifecycle).</summary>
    private const string KubeletIsSilent = "stopped posting node status";

    public override string Id => PhaseIds.Nodes;

    public override string Title => "Nodes ready";

    /// <summary>One list of nodes serves all conditions of a round: 500 nodes must not ask 500 times.</summary>
    public override Verification Verify(RunContext run) => new(
        [new Condition($"all {run.Spec.Nodes.Count} nodes are Ready in Kubernetes", null, token => LookAsync(run, token))], run.Options.ReadyTimeout);

    private static async Task<Verdict> LookAsync(RunContext run, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync(run, cancellationToken);
        var waiting = run.Spec.Nodes.Select(node => (node.Name, Reason: Reason(node, nodes.GetValueOrDefault(node.Name)))).Where(node => node.Reason is not null).ToList();
        return waiting.Count == 0 ? Verdict.Met : Verdict.Waiting(Shorten([.. waiting.Select(node => node.Reason!)]), waiting[0].Name);
    }

    /// <summary>The first node that Kubernetes does not hear of, by its place in the spec: a CNI cannot help it.</summary>
    public static async Task<(string Name, string Reason)?> FirstSilentAsync(RunContext run, CancellationToken cancellationToken)
    {
        var nodes = await NodesAsync(run, cancellationToken);
        return run.Spec.Nodes
            .Where(node => nodes.GetValueOrDefault(node.Name) is not { } seen || seen.NotReadyReason?.Contains(KubeletIsSilent, StringComparison.Ordinal) == true)
            .Select(node => ((string, string)?)(node.Name, Reason(node, nodes.GetValueOrDefault(node.Name))!))
            .FirstOrDefault();
    }

    private static async Task<Dictionary<string, KubernetesNode>> NodesAsync(RunContext run, CancellationToken cancellationToken)
    {
        var nodes = await run.State.Kubernetes!.NodesAsync(cancellationToken);
        run.State.Cluster = run.State.Cluster with { Nodes = nodes };
        return nodes.ToDictionary(node => node.Name);
    }

    private static string? Reason(NodeSpec node, KubernetesNode? seen) =>
        seen is null ? $"{node.Name} has not registered"
        : seen.Ready ? null
        : $"{node.Name}: {seen.NotReadyReason ?? "not ready"}";

    private static string Shorten(List<string> reasons) =>
        string.Join("; ", reasons.Take(3)) + (reasons.Count > 3 ? $"; and {reasons.Count - 3} more" : "");
}
