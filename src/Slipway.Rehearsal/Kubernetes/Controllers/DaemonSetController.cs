using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>One pod on each node that fits; a changed template replaces maxUnavailable of them at a time.</summary>
internal sealed class DaemonSetController(ObjectAccess objects, WorkQueue queue, WorkloadPods pods) : IController
{
    private const string HashLabel = "controller-revision-hash";

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.DaemonSets.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, ObjectKey.Of(change.Object));
        }
        else if (change.StorageKey == BuiltInResources.Pods.StorageKey && WorkloadPods.OwnerKey(change.Object, "DaemonSet") is { } owner)
        {
            queue.Add(this, owner);
        }
        else if (change.StorageKey == BuiltInResources.Nodes.StorageKey && ChangesPlacement(change))
        {
            foreach (var item in objects.Store.List(BuiltInResources.DaemonSets).Items)
            {
                queue.Add(this, ObjectKey.Of(item));
            }
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.DaemonSets, ns, name) is not { IsDeleting: false } set)
        {
            return;
        }

        var spec = set.Json.At("spec", "template", "spec");
        var fitting = objects.Store.List(BuiltInResources.Nodes).Items
            .Where(node => Scheduling.Misfit(spec, node.Json, isDaemon: true) is null).Select(node => node.Name).ToHashSet();
        var hash = Names.HashOf(set.Json.At("spec", "template")!);
        var present = new HashSet<string>();
        foreach (var pod in pods.Of(set))
        {
            var node = pod.Json.Text("spec", "nodeName") ?? "";
            if (!fitting.Contains(node) || !present.Add(node))
            {
                pods.Delete(pod);
            }
        }

        foreach (var node in fitting.Where(node => !present.Contains(node)))
        {
            pods.Create(set, node, HashLabel, hash);
        }

        var mine = pods.Of(set).Where(pod => !pod.IsDeleting).ToList();
        Replace(set, mine, hash, fitting.Count);
        WriteStatus(set, mine, hash, fitting.Count);
    }

    private static bool ChangesPlacement(StoreEvent change) =>
        change.Previous is null || change.Change == StoreChange.Deleted
        || !JsonNode.DeepEquals(change.Previous.Json["spec"], change.Object.Json["spec"])
        || !JsonNode.DeepEquals(change.Previous.Json.At("metadata", "labels"), change.Object.Json.At("metadata", "labels"));

    private void Replace(StoredObject set, List<StoredObject> mine, string hash, int desired)
    {
        if (set.Json.Text("spec", "updateStrategy", "type") != "RollingUpdate")
        {
            return;
        }

        var old = mine.Where(pod => pod.Json.Text("metadata", "labels", HashLabel) != hash).ToList();
        var allowed = Math.Max(1, WorkloadPods.Share(set.Json.At("spec", "updateStrategy", "rollingUpdate", "maxUnavailable"), desired, roundUp: true));
        var ready = mine.Count(WorkloadPods.IsReady);

        // Those that are not ready cost nothing; of the others as many as may be missing.
        var budget = allowed - (desired - ready);
        foreach (var pod in old.OrderBy(WorkloadPods.IsReady))
        {
            if (WorkloadPods.IsReady(pod) && budget-- <= 0)
            {
                break;
            }

            pods.Delete(pod);
        }
    }

    private void WriteStatus(StoredObject set, List<StoredObject> mine, string hash, int desired)
    {
        var ready = mine.Count(WorkloadPods.IsReady);
        objects.ChangeStatus(BuiltInResources.DaemonSets, set, status =>
        {
            status["desiredNumberScheduled"] = desired;
            status["currentNumberScheduled"] = mine.Count;
            status["updatedNumberScheduled"] = mine.Count(pod => pod.Json.Text("metadata", "labels", HashLabel) == hash);
            status["numberReady"] = ready;
            status["numberAvailable"] = ready;
            status["numberUnavailable"] = desired - ready;
            status["numberMisscheduled"] = 0;
            status["observedGeneration"] = set.Json.Number("metadata", "generation");
        });
    }
}
