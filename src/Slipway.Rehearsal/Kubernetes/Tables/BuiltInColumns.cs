using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Tables;

/// <summary>Columns of the built-in kinds that people look at; the rest has NAME and AGE.</summary>
internal static class BuiltInColumns
{
    public static readonly TableColumn Name = new("Name", (json, _) => json.Text("metadata", "name"));
    public static readonly TableColumn Age = new("Age", (json, now) => HumanAge.Of(json.Text("metadata", "creationTimestamp"), now));

    private static readonly IReadOnlyList<TableColumn> Generic = [Name, Age];

    private static readonly Dictionary<string, IReadOnlyList<TableColumn>> ByResource = new()
    {
        ["nodes"] =
        [
            Name, Plain("Status", NodeStatus), Plain("Roles", Roles), Age, Plain("Version", json => json.Text("status", "nodeInfo", "kubeletVersion")),
            Wide("Internal-IP", json => json.Items("status", "addresses").FirstOrDefault(item => item.Text("type") == "InternalIP").Text("address")),
            Wide("External-IP", _ => "<none>"), Wide("OS-Image", json => json.Text("status", "nodeInfo", "osImage")),
            Wide("Kernel-Version", json => json.Text("status", "nodeInfo", "kernelVersion")),
            Wide("Container-Runtime", json => json.Text("status", "nodeInfo", "containerRuntimeVersion")),
        ],
        ["pods"] =
        [
            Name, Plain("Ready", PodReady), Plain("Status", PodStatus), Plain("Restarts", json => Sum(json, "restartCount").ToString(System.Globalization.CultureInfo.InvariantCulture)), Age,
            Wide("IP", json => json.Text("status", "podIP")), Wide("Node", json => json.Text("spec", "nodeName")),
            Wide("Nominated Node", _ => "<none>"), Wide("Readiness Gates", _ => "<none>"),
        ],
        ["deployments.apps"] =
        [
            Name, Plain("Ready", json => $"{Count(json, "status", "readyReplicas")}/{Count(json, "spec", "replicas")}"),
            Number("Up-to-date", "status", "updatedReplicas"), Number("Available", "status", "availableReplicas"), Age,
        ],
        ["replicasets.apps"] = [Name, Number("Desired", "spec", "replicas"), Number("Current", "status", "replicas"), Number("Ready", "status", "readyReplicas"), Age],
        ["daemonsets.apps"] =
        [
            Name, Number("Desired", "status", "desiredNumberScheduled"), Number("Current", "status", "currentNumberScheduled"), Number("Ready", "status", "numberReady"),
            Number("Up-to-date", "status", "updatedNumberScheduled"), Number("Available", "status", "numberAvailable"), Plain("Node Selector", NodeSelector), Age,
        ],
        ["jobs.batch"] =
        [
            Name, Plain("Status", json => Count(json, "status", "succeeded") >= Count(json, "spec", "completions") ? "Complete" : "Running"),
            Plain("Completions", json => $"{Count(json, "status", "succeeded")}/{Count(json, "spec", "completions")}"), Age,
        ],
        ["namespaces"] = [Name, Plain("Status", json => json.Text("status", "phase")), Age],
        ["secrets"] = [Name, Plain("Type", json => json.Text("type")), new("Data", (json, _) => (json["data"] as JsonObject)?.Count ?? 0, "integer"), Age],
        ["configmaps"] =
        [
            Name, new("Data", (json, _) => ((json["data"] as JsonObject)?.Count ?? 0) + ((json["binaryData"] as JsonObject)?.Count ?? 0), "integer"), Age,
        ],
        ["serviceaccounts"] = [Name, new("Secrets", (json, _) => json.Items("secrets").Count(), "integer"), Age],
        ["services"] =
        [
            Name, Plain("Type", json => json.Text("spec", "type")), Plain("Cluster-IP", json => json.Text("spec", "clusterIP") ?? "<none>"),
            Plain("External-IP", _ => "<none>"), Plain("Port(s)", Ports), Age,
        ],
        ["customresourcedefinitions.apiextensions.k8s.io"] = [Name, Plain("Created At", json => json.Text("metadata", "creationTimestamp"))],
    };

    public static IReadOnlyList<TableColumn> Of(ResourceType type) => ByResource.GetValueOrDefault(type.StorageKey, Generic);

    private static TableColumn Plain(string name, Func<JsonObject, string?> text) => new(name, (json, _) => text(json));

    private static TableColumn Wide(string name, Func<JsonObject, string?> text) => new(name, (json, _) => text(json) ?? "<none>", Priority: 1);

    private static TableColumn Number(string name, params string[] path) => new(name, (json, _) => Count(json, path), "integer");

    private static long Count(JsonObject json, params string[] path) => json.Number(path) ?? 0;

    private static string NodeStatus(JsonObject json)
    {
        var ready = json.Items("status", "conditions").FirstOrDefault(condition => condition.Text("type") == "Ready").Text("status");
        var text = ready switch { "True" => "Ready", null => "Unknown", _ => "NotReady" };
        return json.Flag("spec", "unschedulable") ? text + ",SchedulingDisabled" : text;
    }

    private static string Roles(JsonObject json)
    {
        const string Prefix = "node-role.kubernetes.io/";
        var roles = (json.At("metadata", "labels") as JsonObject ?? []).Select(label => label.Key)
            .Where(label => label.StartsWith(Prefix, StringComparison.Ordinal)).Select(label => label[Prefix.Length..]).ToList();
        return roles.Count == 0 ? "<none>" : string.Join(',', roles);
    }

    private static string PodReady(JsonObject json) =>
        $"{json.Items("status", "containerStatuses").Count(status => status.Flag("ready"))}/{json.Items("spec", "containers").Count()}";

    private static string PodStatus(JsonObject json)
    {
        if (json.Text("metadata", "deletionTimestamp") is not null)
        {
            return "Terminating";
        }

        var phase = json.Text("status", "phase") ?? "Pending";
        return phase switch
        {
            "Succeeded" => "Completed",
            "Pending" when json.Text("spec", "nodeName") is not null => "ContainerCreating",
            _ => phase,
        };
    }

    private static long Sum(JsonObject json, string field) => json.Items("status", "containerStatuses").Sum(status => status.Number(field) ?? 0);

    private static string NodeSelector(JsonObject json)
    {
        var labels = (json.At("spec", "template", "spec", "nodeSelector") as JsonObject ?? []).Select(label => $"{label.Key}={label.Value.Text()}").ToList();
        return labels.Count == 0 ? "<none>" : string.Join(',', labels);
    }

    private static string Ports(JsonObject json)
    {
        var ports = json.Items("spec", "ports").Select(port =>
            $"{port.Number("port")}{(port.Number("nodePort") is { } node ? $":{node}" : "")}/{port.Text("protocol")}").ToList();
        return ports.Count == 0 ? "<none>" : string.Join(',', ports);
    }
}
