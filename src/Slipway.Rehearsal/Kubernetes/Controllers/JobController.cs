using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Jobs run their pods, which all succeed.</summary>
internal sealed class JobController(ObjectAccess objects, WorkQueue queue, WorkloadPods pods, TimeProvider time) : IController
{
    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Jobs.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, ObjectKey.Of(change.Object));
        }
        else if (change.StorageKey == BuiltInResources.Pods.StorageKey && WorkloadPods.OwnerKey(change.Object, "Job") is { } owner)
        {
            queue.Add(this, owner);
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.Jobs, ns, name) is not { IsDeleting: false } job || Conditions.IsTrue(job.Json, "Complete") || job.Json.Flag("spec", "suspend"))
        {
            return;
        }

        var mine = pods.Of(job);
        var succeeded = mine.Count(pod => pod.Json.Text("status", "phase") == "Succeeded");
        var active = mine.Count - succeeded;
        var completions = (int)(job.Json.Number("spec", "completions") ?? 1);
        var room = Math.Min((int)(job.Json.Number("spec", "parallelism") ?? 1), completions - succeeded) - active;
        for (var i = 0; i < room; i++)
        {
            pods.Create(job);
        }

        var now = time.GetUtcNow();
        objects.ChangeStatus(BuiltInResources.Jobs, job, status =>
        {
            status["startTime"] ??= now.Timestamp();
            status["active"] = active + Math.Max(0, room);
            status["ready"] = mine.Count(WorkloadPods.IsReady);
            status["succeeded"] = succeeded;
            if (succeeded >= completions)
            {
                status["active"] = 0;
                status["completionTime"] = now.Timestamp();
                Conditions.Set(status, "SuccessCriteriaMet", "True", "CompletionsReached", "Reached expected number of succeeded pods", now);
                Conditions.Set(status, "Complete", "True", "CompletionsReached", "Reached expected number of succeeded pods", now);
            }
        });
    }
}
