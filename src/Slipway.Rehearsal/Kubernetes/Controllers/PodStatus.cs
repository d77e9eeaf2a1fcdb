using System.Buffers.Binary;
using System.Net;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The status of a pod at the stations of its life.</summary>
internal static class PodStatus
{
    public static void Waiting(JsonObject status, StoredObject pod, DateTimeOffset now)
    {
        status["phase"] ??= "Pending";
        Conditions.Set(status, "PodScheduled", "True", "Scheduled", "", now);
        NotReady(status, "ContainersNotReady", now);
        status["containerStatuses"] = pod.Json.Items("spec", "containers").Select(container => (JsonNode?)Container(
            container, isReady: false, Restarts(status, container), new JsonObject { ["waiting"] = new JsonObject { ["reason"] = "ContainerCreating" } })).ToJsonArray();
    }

    public static void Running(JsonObject status, StoredObject pod, NodeState node, DateTimeOffset now)
    {
        var isRestart = status.Text("startTime") is not null;
        status["phase"] = "Running";
        status["startTime"] ??= now.Timestamp();
        status["hostIP"] = node.Kubelet.Address.ToString();
        var address = pod.Json.Flag("spec", "hostNetwork") ? node.Kubelet.Address.ToString() : status.Text("podIP") ?? NextAddress(node);
        status["podIP"] = address;
        status["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address });
        foreach (var type in (ReadOnlySpan<string>)["PodReadyToStartContainers", "Initialized", "ContainersReady", "Ready"])
        {
            Conditions.Set(status, type, "True", "", "", now);
        }

        status["containerStatuses"] = pod.Json.Items("spec", "containers").Select(container => (JsonNode?)Container(
            container, isReady: true, Restarts(status, container) + (isRestart ? 1 : 0), new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now.Timestamp() } })).ToJsonArray();
    }

    public static void Succeeded(JsonObject status, DateTimeOffset now)
    {
        status["phase"] = "Succeeded";
        NotReady(status, "PodCompleted", now);
        foreach (var container in status.Items("containerStatuses"))
        {
            container["ready"] = false;
            container["state"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 0, ["reason"] = "Completed", ["finishedAt"] = now.Timestamp() } };
        }
    }

    public static void NotReady(JsonObject status, string reason, DateTimeOffset now)
    {
        Conditions.Set(status, "Ready", "False", reason, "", now);
        Conditions.Set(status, "ContainersReady", "False", reason, "", now);
        foreach (var container in status.Items("containerStatuses"))
        {
            container["ready"] = false;
        }
    }

    private static JsonObject Container(JsonObject container, bool isReady, long restarts, JsonObject state) => new()
    {
        ["name"] = container.Text("name"),
        ["image"] = container.Text("image"),
        ["imageID"] = container.Text("image"),
        ["ready"] = isReady,
        ["started"] = isReady,
        ["restartCount"] = restarts,
        ["state"] = state,
    };

    private static long Restarts(JsonObject status, JsonObject container) =>
        status.Items("containerStatuses").FirstOrDefault(item => item.Text("name") == container.Text("name")).Number("restartCount") ?? 0;

    private static string NextAddress(NodeState node)
    {
        var bytes = node.PodNetwork.GetAddressBytes();
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + (uint)(2 + (node.NextPodAddress++ % 252)));
        return new IPAddress(bytes).ToString();
    }
}
