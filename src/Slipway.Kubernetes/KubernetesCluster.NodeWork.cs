using System.Net;
using System.Text.Json.Nodes;
using Slipway.Core.Planning.Draining;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes;

/// <content>Cordon, pods of a node, evictions.</content>
internal sealed partial class KubernetesCluster
{
    /// <summary>Kubelets write their node's status every few seconds, but two writes of the same moment a dozen times in a row are something else.</summary>
    private const int PatchAttempts = 12;

    public async Task<CordonOutcome> CordonAsync(string node, CancellationToken cancellationToken)
    {
        var outcome = CordonOutcome.NoNode;
        await ChangeNodeAsync(node, "cordoning", live =>
        {
            outcome = KubernetesObjects.IsCordoned(live) && !KubernetesObjects.IsCordonedByUs(live) ? CordonOutcome.Foreign : CordonOutcome.Ours;
            // Cordoned with our mark is done; the mark alone means that somebody uncordoned it under us.
            return outcome == CordonOutcome.Foreign || KubernetesObjects.IsCordoned(live) ? null : NodePatch(mark: "by slipway up, which uncordons it after its reboot", unschedulable: true);
        }, cancellationToken);
        return outcome;
    }

    public Task UncordonAsync(string node, CancellationToken cancellationToken) => ChangeNodeAsync(
        node, "uncordoning", live => KubernetesObjects.IsCordonedByUs(live) ? NodePatch(mark: null, unschedulable: null) : null, cancellationToken);

    public async Task<IReadOnlyList<NodePod>> PodsAsync(string node, CancellationToken cancellationToken) =>
        [.. (await ListAsync("/api/v1/pods", cancellationToken, $"&fieldSelector={Uri.EscapeDataString($"spec.nodeName={node}")}")).Select(KubernetesObjects.Pod)];

    public async Task<string?> EvictAsync(NodePod pod, CancellationToken cancellationToken)
    {
        var eviction = new JsonObject
        {
            ["apiVersion"] = "policy/v1",
            ["kind"] = "Eviction",
            ["metadata"] = new JsonObject { ["name"] = pod.Name, ["namespace"] = pod.Namespace },
            // Another pod of the same name, made since, is not the one that was meant.
            ["deleteOptions"] = new JsonObject { ["preconditions"] = new JsonObject { ["uid"] = pod.Uid } },
        };
        var path = $"/api/v1/namespaces/{Uri.EscapeDataString(pod.Namespace)}/pods/{Uri.EscapeDataString(pod.Name)}/eviction";
        var answer = await api.SendAsync(HttpMethod.Post, path, ("application/json", eviction), KubernetesDeadlines.Write, cancellationToken);
        return answer.Status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Conflict => null,
            HttpStatusCode.TooManyRequests => ApiErrors.Message(answer),
            // Two budgets over one pod, which no eviction gets past, and hiccups of the server (5xx): both can be looked at again.
            >= HttpStatusCode.InternalServerError => ApiErrors.Message(answer),
            _ => answer.IsSuccess ? null : throw ApiErrors.From(answer, $"evicting pod {pod}"),
        };
    }

    private static JsonObject NodePatch(string? mark, bool? unschedulable) => new()
    {
        ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [CordonMark.Annotation] = mark } },
        ["spec"] = new JsonObject { ["unschedulable"] = unschedulable },
    };

    /// <summary>Patches the node as it was read, and reads again when somebody changed it meanwhile.</summary>
    /// <param name="change">A merge patch for the live node, or null for none.</param>
    private async Task ChangeNodeAsync(string node, string what, Func<JsonObject, JsonObject?> change, CancellationToken cancellationToken)
    {
        var path = $"/api/v1/nodes/{Uri.EscapeDataString(node)}";
        for (var attempt = 1; ; attempt++)
        {
            var read = await api.GetAsync(path, KubernetesDeadlines.Read, cancellationToken);
            if (read.Status == HttpStatusCode.NotFound)
            {
                return;
            }

            var live = Object(read, $"reading node {node}");
            if (change(live) is not { } patch)
            {
                return;
            }

            patch["metadata"]!["resourceVersion"] = (string?)live["metadata"]?["resourceVersion"];
            var answer = await api.SendAsync(
                HttpMethod.Patch, $"{path}?fieldManager={ServerSideApply.Manager}", ("application/merge-patch+json", patch), KubernetesDeadlines.Write, cancellationToken);
            if (answer.IsSuccess)
            {
                return;
            }

            if (answer.Status != HttpStatusCode.Conflict || attempt == PatchAttempts)
            {
                throw ApiErrors.From(answer, $"{what} node {node}");
            }
        }
    }
}
