using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Controllers;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>
/// PodDisruptionBudgets as evictions are judged by (Kubernetes: pkg/registry/core/pod/storage/eviction.go, pkg/controller/disruption).
/// Selectors with matchExpressions are not looked at.
/// </summary>
internal static class DisruptionBudgets
{
    /// <exception cref="ApiException">429 while a budget forbids the eviction of the pod, 500 when two budgets speak of it.</exception>
    public static void Demand(KubernetesStore store, StoredObject pod)
    {
        // A pod that does not run, or is going already, takes nothing from a budget.
        if (pod.IsDeleting || pod.Json.Text("status", "phase") is "Pending" or "Succeeded" or "Failed")
        {
            return;
        }

        var budgets = store.List(BuiltInResources.PodDisruptionBudgets, pod.Namespace).Items.Where(budget => Covers(budget, pod)).ToList();
        if (budgets.Count > 1)
        {
            throw new ApiException(500, "InternalError", "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.");
        }

        if (budgets is [var only] && Count(store, only) is { Allowed: <= 0 } count)
        {
            throw new ApiException(429, "TooManyRequests", "Cannot evict pod as it would violate the pod's disruption budget.")
            {
                Causes = [new StatusCause("DisruptionBudget", $"The disruption budget {only.Name} needs {count.Desired} healthy pods and has {count.Healthy} currently", "")],
            };
        }
    }

    public static Counts Count(KubernetesStore store, StoredObject budget)
    {
        var pods = store.List(BuiltInResources.Pods, budget.Namespace).Items
            .Where(pod => Covers(budget, pod) && pod.Json.Text("status", "phase") is not ("Succeeded" or "Failed")).ToList();
        var healthy = pods.Count(WorkloadPods.IsReady);
        // Of pods with a controller as many are expected as it is to have, whatever is there just now.
        var expected = pods.Count(pod => WorkloadPods.OwnerKey(pod, "ReplicaSet") is null) + pods
            .Select(pod => WorkloadPods.OwnerKey(pod, "ReplicaSet")).OfType<string>().Distinct()
            .Sum(key => store.Find(BuiltInResources.ReplicaSets, budget.Namespace, ObjectKey.Split(key).Name) is { } set ? (int)(set.Json.Number("spec", "replicas") ?? 1) : 0);
        var desired = budget.Json.At("spec", "maxUnavailable") is { } most
            ? Math.Max(0, expected - WorkloadPods.Share(most, expected, roundUp: true))
            : WorkloadPods.Share(budget.Json.At("spec", "minAvailable"), expected, roundUp: true);
        return new Counts(expected, healthy, desired);
    }

    private static bool Covers(StoredObject budget, StoredObject pod) =>
        budget.Namespace == pod.Namespace
        && budget.Json.At("spec", "selector") is not null
        && (budget.Json.At("spec", "selector", "matchLabels") as JsonObject ?? []).All(label => pod.Json.Text("metadata", "labels", label.Key) == label.Value.Text());

    internal readonly record struct Counts(int Expected, int Healthy, int Desired)
    {
        public int Allowed => Math.Max(0, Healthy - Desired);
    }
}
