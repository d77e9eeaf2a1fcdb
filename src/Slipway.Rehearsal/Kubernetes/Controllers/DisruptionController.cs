using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The status of PodDisruptionBudgets, as people look at it. Evictions count for themselves.</summary>
internal sealed class DisruptionController(ObjectAccess objects, WorkQueue queue) : IController
{
    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.PodDisruptionBudgets.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, ObjectKey.Of(change.Object));
        }
        else if (change.StorageKey == BuiltInResources.Pods.StorageKey)
        {
            foreach (var budget in objects.Store.List(BuiltInResources.PodDisruptionBudgets, change.Object.Namespace).Items)
            {
                queue.Add(this, ObjectKey.Of(budget));
            }
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.PodDisruptionBudgets, ns, name) is not { } budget)
        {
            return;
        }

        var count = DisruptionBudgets.Count(objects.Store, budget);
        objects.ChangeStatus(BuiltInResources.PodDisruptionBudgets, budget, status =>
        {
            status["observedGeneration"] = budget.Json.Number("metadata", "generation");
            status["expectedPods"] = count.Expected;
            status["currentHealthy"] = count.Healthy;
            status["desiredHealthy"] = count.Desired;
            status["disruptionsAllowed"] = count.Allowed;
        });
    }
}
