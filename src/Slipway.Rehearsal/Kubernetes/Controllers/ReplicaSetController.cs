using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>As many pods as asked for.</summary>
internal sealed class ReplicaSetController(ObjectAccess objects, WorkQueue queue, WorkloadPods pods) : IController
{
    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.ReplicaSets.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, ObjectKey.Of(change.Object));
        }
        else if (change.StorageKey == BuiltInResources.Pods.StorageKey && WorkloadPods.OwnerKey(change.Object, "ReplicaSet") is { } owner)
        {
            queue.Add(this, owner);
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.ReplicaSets, ns, name) is not { IsDeleting: false } set)
        {
            return;
        }

        var wanted = (int)(set.Json.Number("spec", "replicas") ?? 1);
        var alive = pods.Of(set).Where(pod => !pod.IsDeleting).ToList();
        foreach (var pod in alive.OrderBy(WorkloadPods.IsReady).Take(alive.Count - wanted))
        {
            pods.Delete(pod);
        }

        for (var missing = wanted - alive.Count; missing > 0; missing--)
        {
            pods.Create(set);
        }

        // Those that are being deleted still occupy their node, so the Deployment has to see them.
        var all = pods.Of(set);
        var ready = all.Count(WorkloadPods.IsReady);
        objects.ChangeStatus(BuiltInResources.ReplicaSets, set, status =>
        {
            status["observedGeneration"] = set.Json.Number("metadata", "generation");
            status["replicas"] = all.Count;
            status["fullyLabeledReplicas"] = all.Count;
            status["readyReplicas"] = ready;
            status["availableReplicas"] = ready;
        });
    }
}
