using System.Text.Json.Nodes;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Draining;
using Slipway.Engine.Ports;

namespace Slipway.Kubernetes;

/// <summary>Reads the few kinds that Slipway looks into.</summary>
internal static class KubernetesObjects
{
    public static KubernetesNode Node(JsonObject node)
    {
        var ready = Items(node["status"]?["conditions"]).FirstOrDefault(condition => (string?)condition["type"] == "Ready");
        var isReady = (string?)ready?["status"] == "True";
        var addresses = Items(node["status"]?["addresses"]).Where(address => (string?)address["type"] == "InternalIP").Select(address => (string?)address["address"] ?? "");
        return new KubernetesNode(
            Name(node),
            isReady,
            isReady ? null : ready is null ? "the kubelet has not reported yet" : (string?)ready["message"] is { Length: > 0 } message ? message : (string?)ready["reason"],
            (string?)node["status"]?["nodeInfo"]?["kubeletVersion"] ?? "",
            [.. addresses.Where(address => address.Length > 0)])
        {
            IsCordoned = IsCordoned(node),
            IsCordonedByUs = IsCordonedByUs(node),
        };
    }

    public static bool IsCordoned(JsonObject node) => (bool?)node["spec"]?["unschedulable"] ?? false;

    public static bool IsCordonedByUs(JsonObject node) => node["metadata"]?["annotations"]?[CordonMark.Annotation] is not null;

    public static NodePod Pod(JsonObject pod) => new()
    {
        Namespace = (string?)pod["metadata"]?["namespace"] ?? "",
        Name = Name(pod),
        Uid = (string?)pod["metadata"]?["uid"] ?? "",
        Owner = Items(pod["metadata"]?["ownerReferences"]).Where(owner => (bool?)owner["controller"] ?? false).Select(owner => (string?)owner["kind"]).FirstOrDefault(),
        // Kubernetes: pkg/kubelet/types, ConfigMirrorAnnotationKey.
        IsMirror = pod["metadata"]?["annotations"]?["kubernetes.io/config.mirror"] is not null,
        HasEmptyDir = Items(pod["spec"]?["volumes"]).Any(volume => volume["emptyDir"] is not null),
        IsFinished = (string?)pod["status"]?["phase"] is "Succeeded" or "Failed",
        IsTerminating = pod["metadata"]?["deletionTimestamp"] is not null,
    };

    public static Workload DaemonSet(JsonObject set)
    {
        var desired = Number(set["status"]?["desiredNumberScheduled"]);
        return new Workload("DaemonSet", Name(set), desired, Number(set["status"]?["numberReady"]),
            IsObserved(set) && Number(set["status"]?["updatedNumberScheduled"]) >= desired);
    }

    public static Workload Deployment(JsonObject deployment)
    {
        // The API server fills replicas in; only an object that it never saw lacks it.
        var desired = deployment["spec"]?["replicas"] is { } replicas ? Number(replicas) : 1;
        return new Workload("Deployment", Name(deployment), desired, Number(deployment["status"]?["readyReplicas"]),
            IsObserved(deployment) && Number(deployment["status"]?["updatedReplicas"]) >= desired);
    }

    /// <summary>The controller has seen the newest spec: before, its counts are of the one before.</summary>
    private static bool IsObserved(JsonObject item) => Number(item["status"]?["observedGeneration"]) >= Math.Max(1, Number(item["metadata"]?["generation"]));

    private static string Name(JsonObject item) => (string?)item["metadata"]?["name"] ?? "";

    private static int Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<int>(out var number) ? number : 0;

    private static IEnumerable<JsonObject> Items(JsonNode? list) => (list as JsonArray ?? []).OfType<JsonObject>();
}
