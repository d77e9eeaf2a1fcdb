using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The objects of a fresh Talos cluster, as small as they can be and still behave.</summary>
internal static class BootstrapObjects
{
    public static JsonObject KubernetesService(string address) => Service(address, [], ("https", 443, "TCP"));

    public static JsonObject DnsService(string address) =>
        Service(address, new JsonObject { ["k8s-app"] = "kube-dns" }, ("dns", 53, "UDP"), ("dns-tcp", 53, "TCP"), ("metrics", 9153, "TCP"));

    public static JsonObject CoreDns() => new()
    {
        ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["k8s-app"] = "kube-dns" } },
        ["spec"] = new JsonObject
        {
            ["replicas"] = 2,
            ["selector"] = new JsonObject { ["matchLabels"] = new JsonObject { ["k8s-app"] = "kube-dns" } },
            ["strategy"] = new JsonObject { ["type"] = "RollingUpdate", ["rollingUpdate"] = new JsonObject { ["maxUnavailable"] = 1, ["maxSurge"] = "25%" } },
            ["template"] = new JsonObject
            {
                ["metadata"] = new JsonObject { ["labels"] = new JsonObject { ["k8s-app"] = "kube-dns" } },
                ["spec"] = new JsonObject
                {
                    ["serviceAccountName"] = "coredns",
                    ["tolerations"] = new JsonArray(
                        new JsonObject { ["key"] = "node-role.kubernetes.io/control-plane", ["operator"] = "Exists", ["effect"] = "NoSchedule" },
                        new JsonObject { ["key"] = "node.cloudprovider.kubernetes.io/uninitialized", ["operator"] = "Exists", ["effect"] = "NoSchedule" }),
                    ["containers"] = new JsonArray(new JsonObject { ["name"] = "coredns", ["image"] = "registry.k8s.io/coredns/coredns" }),
                },
            },
        },
    };

    public static JsonObject StaticPod(string component, StoredObject node, string version) => new()
    {
        ["metadata"] = new JsonObject
        {
            ["labels"] = new JsonObject { ["tier"] = "control-plane", ["k8s-app"] = component },
            ["annotations"] = new JsonObject { ["kubernetes.io/config.source"] = "file", ["kubernetes.io/config.mirror"] = $"{component}-{version}" },
            ["ownerReferences"] = new JsonArray(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Node",
                ["name"] = node.Name,
                ["uid"] = node.Uid,
                ["controller"] = true,
            }),
        },
        ["spec"] = new JsonObject
        {
            ["nodeName"] = node.Name,
            ["hostNetwork"] = true,
            ["priorityClassName"] = "system-cluster-critical",
            ["containers"] = new JsonArray(new JsonObject { ["name"] = component, ["image"] = $"registry.k8s.io/{component}:{version}" }),
        },
    };

    private static JsonObject Service(string address, JsonObject selector, params (string Name, int Port, string Protocol)[] ports)
    {
        var list = new JsonArray();
        foreach (var (name, port, protocol) in ports)
        {
            list.Add((JsonNode)new JsonObject { ["name"] = name, ["port"] = port, ["protocol"] = protocol });
        }

        return new JsonObject { ["spec"] = new JsonObject { ["clusterIP"] = address, ["selector"] = selector, ["ports"] = list } };
    }
}
