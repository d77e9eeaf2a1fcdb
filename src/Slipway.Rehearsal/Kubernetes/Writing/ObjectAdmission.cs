using System.Text;
using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>Defaults and checks that belong to one kind. Only what clients and controllers look at; a real API server fills in more.</summary>
internal sealed class ObjectAdmission(TimeProvider time, ServiceAddresses addresses)
{
    /// <param name="live">Null on create.</param>
    public void Admit(ResourceType type, JsonObject? live, JsonObject body)
    {
        switch (type.Kind)
        {
            case "Namespace" when type.Group.Length == 0:
                Namespace(body);
                break;
            case "Secret":
                Secret(body);
                break;
            case "Service" when type.Group.Length == 0:
                Service(live, body);
                break;
            case "Pod":
                Pod(body.Ensure("spec"));
                Default(body.Ensure("status"), "phase", "Pending");
                break;
            case "Deployment":
                Deployment(type, live, body);
                break;
            case "DaemonSet":
                Workload(type, live, body);
                RollingUpdate(body.Ensure("spec").Ensure("updateStrategy"), "1", "0");
                break;
            case "ReplicaSet" or "StatefulSet":
                Workload(type, live, body);
                Default(body.Ensure("spec"), "replicas", 1);
                break;
            case "Job":
                Job(body);
                break;
            case "CustomResourceDefinition":
                DefinitionAdmission.Admit(type, body, time.GetUtcNow());
                break;
            default:
                break;
        }
    }

    private static void Namespace(JsonObject body)
    {
        body.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = body.Text("metadata", "name");
        var spec = body.Ensure("spec");
        spec["finalizers"] ??= new JsonArray("kubernetes");
        Default(body.Ensure("status"), "phase", "Active");
    }

    private static void Secret(JsonObject body)
    {
        Default(body, "type", "Opaque");
        if (body["stringData"] is JsonObject plain)
        {
            foreach (var (name, value) in plain)
            {
                body.Ensure("data")[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value.Text() ?? ""));
            }

            body.Remove("stringData");
        }
    }

    private void Service(JsonObject? live, JsonObject body)
    {
        var spec = body.Ensure("spec");
        Default(spec, "type", "ClusterIP");
        Default(spec, "sessionAffinity", "None");
        Default(spec, "internalTrafficPolicy", "Cluster");
        foreach (var port in spec.Items("ports"))
        {
            Default(port, "protocol", "TCP");
            port["targetPort"] ??= port["port"]?.DeepClone();
        }

        body.Ensure("status").Ensure("loadBalancer");
        if (spec.Text("type") == "ExternalName")
        {
            return;
        }

        spec["ipFamilies"] ??= new JsonArray("IPv4");
        spec["ipFamilyPolicy"] ??= "SingleStack";
        var address = spec.Text("clusterIP") is { Length: > 0 } given ? given : live.Text("spec", "clusterIP") ?? addresses.Next();
        spec["clusterIP"] = address;
        spec["clusterIPs"] = new JsonArray(address);
    }

    private static void Deployment(ResourceType type, JsonObject? live, JsonObject body)
    {
        Workload(type, live, body);
        var spec = body.Ensure("spec");
        Default(spec, "replicas", 1);
        Default(spec, "revisionHistoryLimit", 10);
        Default(spec, "progressDeadlineSeconds", 600);
        RollingUpdate(spec.Ensure("strategy"), "25%", "25%");
    }

    private static void Workload(ResourceType type, JsonObject? live, JsonObject body)
    {
        var spec = body.Ensure("spec");
        if (live?["spec"]?["selector"] is { } selector && !JsonNode.DeepEquals(selector, spec["selector"]))
        {
            throw ApiException.Invalid(type, body.Text("metadata", "name") ?? "", [new("FieldValueInvalid", $"Invalid value: {spec["selector"]?.ToJsonString()}: field is immutable", "spec.selector")]);
        }

        var labels = spec.At("template", "metadata", "labels");
        foreach (var (name, value) in spec.At("selector", "matchLabels") as JsonObject ?? [])
        {
            if (labels.Text(name) != value.Text())
            {
                throw ApiException.Invalid(type, body.Text("metadata", "name") ?? "",
                    [new("FieldValueInvalid", $"Invalid value: {labels?.ToJsonString() ?? "null"}: `selector` does not match template `labels`", "spec.template.metadata.labels")]);
            }
        }

        Pod(spec.Ensure("template").Ensure("spec"));
    }

    private static void RollingUpdate(JsonObject strategy, string maxUnavailable, string maxSurge)
    {
        Default(strategy, "type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling["maxUnavailable"] ??= int.TryParse(maxUnavailable, out var unavailable) ? unavailable : maxUnavailable;
            rolling["maxSurge"] ??= int.TryParse(maxSurge, out var surge) ? surge : maxSurge;
        }
    }

    private static void Job(JsonObject body)
    {
        var spec = body.Ensure("spec");
        Default(spec, "parallelism", 1);
        Default(spec, "completions", 1);
        Default(spec, "backoffLimit", 6);
        var uid = body.Text("metadata", "uid");
        spec["selector"] ??= new JsonObject { ["matchLabels"] = new JsonObject { ["batch.kubernetes.io/controller-uid"] = uid } };
        var labels = spec.Ensure("template").Ensure("metadata").Ensure("labels");
        labels["batch.kubernetes.io/controller-uid"] ??= uid;
        labels["batch.kubernetes.io/job-name"] ??= body.Text("metadata", "name");
        labels["job-name"] ??= body.Text("metadata", "name");
        Pod(spec.Ensure("template").Ensure("spec"));
    }

    private static void Pod(JsonObject spec)
    {
        Default(spec, "restartPolicy", "Always");
        Default(spec, "dnsPolicy", "ClusterFirst");
        Default(spec, "schedulerName", "default-scheduler");
        Default(spec, "terminationGracePeriodSeconds", 30);
        foreach (var port in spec.Items("containers").SelectMany(container => container.Items("ports")))
        {
            Default(port, "protocol", "TCP");
        }
    }

    private static void Default(JsonObject target, string name, JsonNode value) => target[name] ??= value;
}
