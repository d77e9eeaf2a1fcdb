using System.Text.Json.Nodes;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The status of a Node as its kubelet, or for a lost one the node lifecycle controller, writes it.</summary>
internal static class NodeStatus
{
    public static void Write(JsonObject status, NodeState state, bool isLost, KubernetesApiOptions options)
    {
        var now = options.Time.GetUtcNow();
        var kubelet = state.Kubelet;
        foreach (var (type, problem) in (ReadOnlySpan<(string, string)>)[("MemoryPressure", "Memory"), ("DiskPressure", "Disk"), ("PIDPressure", "PID")])
        {
            Set(type, isLost ? "Unknown" : "False", $"KubeletHasNo{problem}Pressure", $"kubelet has no {problem.ToLowerInvariant()} pressure");
        }

        if (isLost)
        {
            Set("Ready", "Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.");
            return;
        }

        if (state.HasNetwork)
        {
            Set("NetworkUnavailable", "False", "CiliumIsUp", "Cilium is running on this node");
            Set("Ready", "True", "KubeletReady", "kubelet is posting ready status");
        }
        else
        {
            Set("Ready", "False", "KubeletNotReady",
                "container runtime network not ready: NetworkReady=false reason:NetworkPluginNotReady message:Network plugin returns error: cni plugin not initialized");
        }

        status["addresses"] = new JsonArray(
            new JsonObject { ["type"] = "InternalIP", ["address"] = kubelet.Address.ToString() },
            new JsonObject { ["type"] = "Hostname", ["address"] = kubelet.Name });
        status["capacity"] = Resources();
        status["allocatable"] = Resources();
        status["nodeInfo"] = new JsonObject
        {
            ["kubeletVersion"] = options.Version.ToString(),
            ["osImage"] = kubelet.OsImage,
            ["kernelVersion"] = kubelet.KernelVersion,
            ["containerRuntimeVersion"] = "containerd://2.1.0",
            ["operatingSystem"] = "linux",
            ["architecture"] = "amd64",
            ["bootID"] = $"rehearsal-{state.Boot}",
        };

        void Set(string type, string word, string reason, string message) =>
            Conditions.Set(status, type, word, isLost && type != "Ready" ? "NodeStatusUnknown" : reason, isLost ? "Kubelet stopped posting node status." : message, now);
    }

    private static JsonObject Resources() => new() { ["cpu"] = "16", ["memory"] = "64Gi", ["pods"] = "110", ["ephemeral-storage"] = "100Gi" };
}
