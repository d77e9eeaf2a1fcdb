using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Pods made from the template of a workload that owns them. They go straight into the store: thousands of them have no field owners to keep.</summary>
internal sealed class WorkloadPods(ObjectAccess objects, TimeProvider time)
{
    public IReadOnlyList<StoredObject> Of(StoredObject owner) => objects.Owned(owner.Uid, BuiltInResources.Pods);

    public void Delete(StoredObject pod) => objects.Delete(BuiltInResources.Pods, pod);

    /// <param name="node">Bound at once, as pods of a DaemonSet are; empty for the scheduler to decide.</param>
    public void Create(StoredObject owner, string node = "", string? hashLabel = null, string? hash = null)
    {
        var template = owner.Json.At("spec", "template");
        var metadata = new JsonObject
        {
            ["name"] = FreeName(owner),
            ["generateName"] = $"{owner.Name}-",
            ["namespace"] = owner.Namespace,
            ["uid"] = Guid.NewGuid().ToString(),
            ["creationTimestamp"] = time.GetUtcNow().Timestamp(),
            ["generation"] = 1,
            ["labels"] = template.At("metadata", "labels")?.DeepClone() ?? new JsonObject(),
            ["annotations"] = template.At("metadata", "annotations")?.DeepClone() ?? new JsonObject(),
            ["ownerReferences"] = new JsonArray(OwnerReference(owner)),
        };
        if (hashLabel is not null)
        {
            metadata.Ensure("labels")[hashLabel] = hash;
        }

        var spec = template.At("spec")?.DeepClone() ?? new JsonObject();
        if (node.Length > 0)
        {
            spec["nodeName"] = node;
        }

        objects.Store.Put(BuiltInResources.Pods, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = metadata,
            ["spec"] = spec,
            ["status"] = new JsonObject { ["phase"] = "Pending" },
        });
    }

    // Five letters collide about once in a hundred sets of five hundred pods.
    private string FreeName(StoredObject owner)
    {
        string name;
        do
        {
            name = $"{owner.Name}-{Names.Suffix()}";
        }
        while (objects.Find(BuiltInResources.Pods, owner.Namespace, name) is not null);

        return name;
    }

    public static bool IsReady(StoredObject pod) => !pod.IsDeleting && Conditions.IsTrue(pod.Json, "Ready");

    public static JsonObject OwnerReference(StoredObject owner) => new()
    {
        ["apiVersion"] = owner.Json.Text("apiVersion"),
        ["kind"] = owner.Json.Text("kind"),
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    /// <summary>The key of the controlling owner of that kind, or null.</summary>
    public static string? OwnerKey(StoredObject item, string kind) =>
        item.Json.Items("metadata", "ownerReferences").FirstOrDefault(owner => owner.Text("kind") == kind && owner.Flag("controller")) is { } found
            ? $"{item.Namespace}/{found.Text("name")}"
            : null;

    /// <summary>An <c>intOrString</c> of a rolling update: <c>2</c> or <c>25%</c> of <paramref name="total"/>.</summary>
    public static int Share(JsonNode? value, int total, bool roundUp)
    {
        if (value.Text() is not { } text)
        {
            return (int)(value.Number() ?? 0);
        }

        var percent = int.TryParse(text.TrimEnd('%'), out var number) ? number : 0;
        return text.EndsWith('%') ? (roundUp ? ((total * percent) + 99) / 100 : total * percent / 100) : percent;
    }
}
