using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>A ReplicaSet for each template; the newest grows and the others shrink inside maxSurge and maxUnavailable.</summary>
internal sealed class DeploymentController(ObjectAccess objects, WorkQueue queue, TimeProvider time) : IController
{
    private const string HashLabel = "pod-template-hash";
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Deployments.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, ObjectKey.Of(change.Object));
        }
        else if (change.StorageKey == BuiltInResources.ReplicaSets.StorageKey && WorkloadPods.OwnerKey(change.Object, "Deployment") is { } owner)
        {
            queue.Add(this, owner);
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.Deployments, ns, name) is not { IsDeleting: false } deployment)
        {
            return;
        }

        var hash = Names.HashOf(deployment.Json.At("spec", "template")!);
        var sets = objects.Owned(deployment.Uid, BuiltInResources.ReplicaSets);
        if (sets.FirstOrDefault(set => set.Json.Text("metadata", "labels", HashLabel) == hash) is not { } current)
        {
            // Its appearance brings us back here.
            objects.Create(BuiltInResources.ReplicaSets, ns, NewReplicaSet(deployment, hash, Revision(sets) + 1));
            return;
        }

        var others = sets.Where(set => set.Uid != current.Uid).ToList();
        Renumber(deployment, current, others);
        Scale(deployment, current, others);
        WriteStatus(deployment, current, sets);
    }

    private static long Revision(IEnumerable<StoredObject> sets) =>
        sets.Select(set => long.TryParse(set.Json.Text("metadata", "annotations", RevisionAnnotation), out var revision) ? revision : 0).DefaultIfEmpty(0).Max();

    /// <summary>A rollback makes an old ReplicaSet the newest again.</summary>
    private void Renumber(StoredObject deployment, StoredObject current, List<StoredObject> others)
    {
        var revision = Math.Max(Revision([current]), others.Count == 0 ? 1 : Revision(others) + 1).ToString(System.Globalization.CultureInfo.InvariantCulture);
        objects.Change(BuiltInResources.ReplicaSets, current.Namespace, current.Name, json => json.Ensure("metadata").Ensure("annotations")[RevisionAnnotation] = revision);
        objects.Change(BuiltInResources.Deployments, deployment.Namespace, deployment.Name, json => json.Ensure("metadata").Ensure("annotations")[RevisionAnnotation] = revision);
    }

    private void Scale(StoredObject deployment, StoredObject current, List<StoredObject> others)
    {
        var wanted = (int)(deployment.Json.Number("spec", "replicas") ?? 1);
        var strategy = deployment.Json.At("spec", "strategy");
        var isRecreate = strategy.Text("type") == "Recreate";
        var surge = isRecreate ? 0 : WorkloadPods.Share(strategy.At("rollingUpdate", "maxSurge"), wanted, roundUp: true);
        var unavailable = isRecreate ? wanted : WorkloadPods.Share(strategy.At("rollingUpdate", "maxUnavailable"), wanted, roundUp: false);
        var oldPods = others.Sum(Replicas);

        // Pods of the old sets that still exist count, even those that are on their way out.
        var oldAlive = others.Sum(set => Math.Max(Replicas(set), Status(set, "replicas")));
        var target = Math.Clamp(wanted + surge - oldAlive, Math.Min(Replicas(current), wanted), wanted);
        SetReplicas(current, target);

        var available = Status(current, "availableReplicas") + others.Sum(set => Status(set, "availableReplicas"));
        var spare = Math.Min(oldPods, Math.Max(0, available - (wanted - unavailable)) + others.Sum(set => Math.Max(0, Replicas(set) - Status(set, "availableReplicas"))));
        foreach (var set in others.Where(set => Replicas(set) > 0))
        {
            var less = Math.Min(spare, Replicas(set));
            spare -= less;
            SetReplicas(set, Replicas(set) - less);
        }
    }

    private void WriteStatus(StoredObject deployment, StoredObject current, IReadOnlyList<StoredObject> sets)
    {
        var wanted = (int)(deployment.Json.Number("spec", "replicas") ?? 1);
        var (all, updated, available) = (sets.Sum(set => Status(set, "replicas")), Status(current, "replicas"), sets.Sum(set => Status(set, "availableReplicas")));
        var minimum = wanted - WorkloadPods.Share(deployment.Json.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), wanted, roundUp: false);
        var isComplete = updated == wanted && all == wanted && available == wanted;
        var now = time.GetUtcNow();
        objects.ChangeStatus(BuiltInResources.Deployments, deployment, status =>
        {
            status["observedGeneration"] = deployment.Json.Number("metadata", "generation");
            status["replicas"] = all;
            status["updatedReplicas"] = updated;
            status["readyReplicas"] = available;
            status["availableReplicas"] = available;
            status["unavailableReplicas"] = Math.Max(0, Math.Max(wanted, all) - available);
            if (available >= minimum)
            {
                Conditions.Set(status, "Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now);
            }
            else
            {
                Conditions.Set(status, "Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now);
            }

            Conditions.Set(status, "Progressing", "True", isComplete ? "NewReplicaSetAvailable" : "ReplicaSetUpdated",
                $"ReplicaSet \"{current.Name}\" {(isComplete ? "has successfully progressed." : "is progressing.")}", now);
        });
    }

    private void SetReplicas(StoredObject set, int replicas) =>
        objects.Change(BuiltInResources.ReplicaSets, set.Namespace, set.Name, json =>
        {
            if (json.Number("spec", "replicas") != replicas)
            {
                json.Ensure("spec")["replicas"] = replicas;
                json.Ensure("metadata")["generation"] = (json.Number("metadata", "generation") ?? 0) + 1;
            }
        });

    private static int Replicas(StoredObject set) => (int)(set.Json.Number("spec", "replicas") ?? 0);

    private static int Status(StoredObject set, string field) => (int)(set.Json.Number("status", field) ?? 0);

    private static JsonObject NewReplicaSet(StoredObject deployment, string hash, long revision)
    {
        var template = (JsonObject)deployment.Json.At("spec", "template")!.DeepClone();
        template.Ensure("metadata").Ensure("labels")[HashLabel] = hash;
        var selector = deployment.Json.At("spec", "selector")?.DeepClone() as JsonObject ?? [];
        selector.Ensure("matchLabels")[HashLabel] = hash;
        return new JsonObject
        {
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{deployment.Name}-{hash}",
                ["labels"] = template.At("metadata", "labels")!.DeepClone(),
                ["annotations"] = new JsonObject { [RevisionAnnotation] = revision.ToString(System.Globalization.CultureInfo.InvariantCulture) },
                ["ownerReferences"] = new JsonArray(WorkloadPods.OwnerReference(deployment)),
            },
            ["spec"] = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = template },
        };
    }
}
