using System.Globalization;
using Slipway.Core.Failures;
using Slipway.Core.Planning.Draining;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Draining;

/// <summary>
/// Takes Kubernetes' work off a node before it goes down and gives the node back afterwards, as kubectl cordon, drain and uncordon
/// do. Where there is no Kubernetes yet, or it does not know the node, nothing is done.
/// </summary>
internal sealed class NodeDrain(RunContext run, string phase)
{
    private DrainOptions Options => run.Options.Drain;

    /// <summary>Refuses, before any of the nodes is touched, when a pod must not be evicted without the operator's word.</summary>
    /// <exception cref="SlipwayException">Unsafe.</exception>
    public async Task CheckAsync(IReadOnlyList<NodeSpec> nodes, CancellationToken cancellationToken)
    {
        if (nodes.Count == 0 || Options.Skip || !await ConnectAsync(cancellationToken))
        {
            return;
        }

        await AwaitAsync(async token =>
        {
            foreach (var node in nodes)
            {
                Refuse(node, DrainRules.Leaving(await run.State.Kubernetes!.PodsAsync(node.Name, token)), "no node was touched");
            }
        }, cancellationToken);
    }

    /// <summary>Returns when every pod that can run elsewhere has left.</summary>
    /// <exception cref="SlipwayException">TimedOut: the node stays cordoned, as kubectl drain leaves it. Unsafe: a pod is not evicted without the operator's word.</exception>
    public async Task DrainAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        if (Options.Skip || !await ConnectAsync(cancellationToken))
        {
            return;
        }

        var outcome = CordonOutcome.NoNode;
        await run.StepAsync(phase, node.Name, "cordon the node in Kubernetes", () => AwaitAsync(
            async token => outcome = await run.State.Kubernetes!.CordonAsync(node.Name, token), cancellationToken));
        if (outcome == CordonOutcome.Foreign)
        {
            run.Notice($"{node.Name}: somebody else has cordoned it, so it will not be uncordoned after its reboot");
        }

        if (outcome != CordonOutcome.NoNode)
        {
            await run.StepAsync(phase, node.Name, "evict the node's pods", () => EvictAsync(node, cancellationToken));
        }
    }

    /// <summary>After the reboot. Only what carries our mark is uncordoned.</summary>
    public async Task UncordonAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        if (Options.Skip || !await ConnectAsync(cancellationToken))
        {
            return;
        }

        await run.StepAsync(phase, node.Name, "uncordon the node, if it carries our mark", () => AwaitAsync(
            token => run.State.Kubernetes!.UncordonAsync(node.Name, token), cancellationToken));
    }

    private async Task EvictAsync(NodeSpec node, CancellationToken cancellationToken)
    {
        HashSet<string>? wanted = null;
        var told = "";
        await Attempts.UntilDoneAsync(run, Options.Timeout, async token =>
        {
            var (left, reason) = await RoundAsync(node, wanted, token);
            // Those that are there now, and no others: a pod that tolerates the cordon may come back to the very node.
            wanted ??= left?.Select(pod => pod.Uid).ToHashSet();
            if (reason != told)
            {
                run.Report(node, left is null ? "draining" : $"draining, {left.Count} {(left.Count == 1 ? "pod" : "pods")} left", reason);
                told = reason;
            }

            return left is { Count: 0 } ? null : reason;
        }, reason => OutOfTime(node, reason), cancellationToken);
    }

    /// <summary>Asks once more for the eviction of every pod that is left.</summary>
    /// <returns>What is left (null when Kubernetes did not answer) and what holds it up.</returns>
    private async Task<(IReadOnlyList<NodePod>? Left, string Reason)> RoundAsync(NodeSpec node, HashSet<string>? wanted, CancellationToken cancellationToken)
    {
        try
        {
            var kubernetes = run.State.Kubernetes!;
            var left = DrainRules.Leaving(await kubernetes.PodsAsync(node.Name, cancellationToken)).Where(pod => wanted?.Contains(pod.Uid) ?? true).ToList();
            Refuse(node, left, "it stays cordoned, and runs what it ran");
            var reasons = new List<string>();
            foreach (var pod in left)
            {
                var denied = pod.IsTerminating ? null : await kubernetes.EvictAsync(pod, cancellationToken);
                reasons.Add($"{pod}: {denied ?? "is ending"}");
            }

            return (left, string.Join("; ", reasons.Order(StringComparer.Ordinal).Take(5)) + (reasons.Count > 5 ? $"; and {reasons.Count - 5} more" : ""));
        }
        catch (SlipwayException error) when (Transient.Is(error.Reason))
        {
            return (null, error.Message);
        }
    }

    private void Refuse(NodeSpec node, IReadOnlyList<NodePod> leaving, string consequence)
    {
        var refused = leaving.Where(pod => !pod.IsTerminating).Select(pod => DrainRules.Refusal(pod, Options)).OfType<DrainRefusal>().ToList();
        if (refused.Count > 0)
        {
            throw new SlipwayException(FailureReason.Unsafe, $"{node.Name} ({node.Address}) cannot be drained: {string.Join("; ", refused.Take(5).Select(refusal => $"pod {refusal.Pod}: {refusal.Why}"))}")
            {
                Node = node.Name,
                Phase = phase,
                Expected = "pods that lose nothing when they are evicted",
                Found = string.Join(", ", refused.Select(refusal => refusal.Pod.ToString()).Take(10)),
                Hint = $"{consequence}; move or delete them, or say {string.Join(" and ", refused.Select(refusal => refusal.Option).Distinct().Order(StringComparer.Ordinal))}; --no-drain reboots nodes with whatever runs on them",
            };
        }
    }

    private SlipwayException OutOfTime(NodeSpec node, string reason)
    {
        var within = string.Create(CultureInfo.InvariantCulture, $"{Options.Timeout.TotalMinutes:0.##} minutes");
        return new SlipwayException(FailureReason.TimedOut, $"{node.Name} ({node.Address}): not drained within {within}")
        {
            Node = node.Name,
            Phase = phase,
            Expected = $"every pod that can run elsewhere has left {node.Name}",
            Found = reason,
            Hint = "the node stays cordoned and runs what it ran; mend what holds the pods, or give --drain-timeout more, and run the same command again: "
                + $"it goes on from here, and uncordons the node; 'kubectl uncordon {node.Name}' gives it back now",
        };
    }

    /// <summary>Waits for the API where it is away, and tells an operator who upgrades for that very reason how to do it without.</summary>
    private async Task AwaitAsync(Func<CancellationToken, Task> ask, CancellationToken cancellationToken)
    {
        try
        {
            await new Observer(run).AwaitKubernetesAsync(phase, ask, cancellationToken);
        }
        catch (SlipwayException error) when (error.Reason == FailureReason.TimedOut && !run.State.Cluster.ApiReady)
        {
            throw new SlipwayException(error.Reason, error.Message, error)
            {
                Phase = phase,
                Expected = error.Expected,
                Found = error.Found,
                Hint = $"nodes are drained through it before they reboot, and --no-drain reboots them with whatever runs on them; {error.Hint}",
            };
        }
    }

    /// <summary>False while there is no Kubernetes. A cluster whose kubeconfig is not here any more is asked for another.</summary>
    private async Task<bool> ConnectAsync(CancellationToken cancellationToken)
    {
        if (new Observer(run).Connect() is not null)
        {
            return true;
        }

        if (run.State.Local.Bootstrap is not { Confirmed: true } && run.State.Nodes.Values.All(seen => seen.EtcdMemberId is null))
        {
            return false;
        }

        run.State.Kubernetes = run.Ports.Clusters.Connect(await new KubeconfigSource(run, phase).FetchAsync(cancellationToken));
        return true;
    }
}
