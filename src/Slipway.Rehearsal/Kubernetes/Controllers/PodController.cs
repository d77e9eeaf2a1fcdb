using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>The scheduler and the kubelets' part in the life of a pod: onto a node, running, ready, again after a reboot, gone.</summary>
internal sealed class PodController(ObjectAccess objects, WorkQueue queue, TimeProvider time, NodeController nodes, PodIndex index) : IController
{
    /// <summary>Pulling, creating and probing, all together.</summary>
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan JobTime = TimeSpan.FromSeconds(2);
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Pods.StorageKey)
        {
            if (change.Change == StoreChange.Deleted)
            {
                lock (_gate)
                {
                    _runs.Remove(change.Object.Uid);
                }
            }
            else
            {
                queue.Add(this, ObjectKey.Of(change.Object));
            }
        }
        else if (change.StorageKey == BuiltInResources.Nodes.StorageKey)
        {
            foreach (var (ns, name) in index.On(change.Object.Name).Concat(index.On("")))
            {
                queue.Add(this, $"{ns}/{name}");
            }
        }
    }

    public void Reconcile(string key)
    {
        var (ns, name) = ObjectKey.Split(key);
        if (objects.Find(BuiltInResources.Pods, ns, name) is not { } pod)
        {
            return;
        }

        var node = pod.Json.Text("spec", "nodeName") is { Length: > 0 } assigned ? nodes.Find(assigned) : null;
        if (pod.IsDeleting)
        {
            Stop(pod, node);
        }
        else if (pod.Json.Text("spec", "nodeName") is not { Length: > 0 })
        {
            Schedule(pod);
        }
        else if (node is { IsUp: false })
        {
            Lose(pod, node);
        }
        else if (node is not null && pod.Json.Text("status", "phase") is not ("Succeeded" or "Failed"))
        {
            Drive(pod, node);
        }
    }

    private void Drive(StoredObject pod, NodeState node)
    {
        var run = RunOf(pod, node);
        var now = time.GetUtcNow();
        if (run.Boot == node.Boot && run.IsStarted)
        {
            if (pod.Json.Text("spec", "restartPolicy") != "Always" && pod.Json.Items("metadata", "ownerReferences").Any(owner => owner.Text("kind") == "Job"))
            {
                Finish(pod, run, now);
            }
        }
        else if (!pod.Json.Flag("spec", "hostNetwork") && !node.HasNetwork)
        {
            objects.ChangeStatus(BuiltInResources.Pods, pod, status => PodStatus.Waiting(status, pod, now));
        }
        else if (run.Boot != node.Boot || run.StartAt is null)
        {
            (run.Boot, run.IsStarted, run.StartAt) = (node.Boot, false, now + StartTime);
            objects.ChangeStatus(BuiltInResources.Pods, pod, status => PodStatus.Waiting(status, pod, now));
            queue.Add(this, ObjectKey.Of(pod), StartTime);
        }
        else if (now >= run.StartAt)
        {
            run.IsStarted = true;
            objects.ChangeStatus(BuiltInResources.Pods, pod, status => PodStatus.Running(status, pod, node, now));
        }
    }

    private void Finish(StoredObject pod, Run run, DateTimeOffset now)
    {
        var done = (run.StartAt ?? now) + JobTime;
        if (now >= done)
        {
            objects.ChangeStatus(BuiltInResources.Pods, pod, status => PodStatus.Succeeded(status, now));
        }
        else
        {
            queue.Add(this, ObjectKey.Of(pod), done - now);
        }
    }

    private void Stop(StoredObject pod, NodeState? node)
    {
        if (node is { IsUp: false })
        {
            // Nobody is there to confirm: the pod stays Terminating until the node is back, or a deletion without grace.
            return;
        }

        var run = RunOf(pod, node);
        var now = time.GetUtcNow();
        run.StopAt ??= now + StopTime;
        if (now >= run.StopAt)
        {
            objects.Remove(BuiltInResources.Pods, pod);
        }
        else
        {
            queue.Add(this, ObjectKey.Of(pod), run.StopAt.Value - now);
        }
    }

    private void Lose(StoredObject pod, NodeState state)
    {
        if (time.GetUtcNow() > state.DownSince && objects.Find(BuiltInResources.Nodes, "", state.Kubelet.Name) is { } node
            && node.Json.Items("status", "conditions").Any(condition => condition.Text("type") == "Ready" && condition.Text("status") == "Unknown"))
        {
            objects.ChangeStatus(BuiltInResources.Pods, pod, status => PodStatus.NotReady(status, "NodeLost", time.GetUtcNow()));
        }
    }

    private void Schedule(StoredObject pod)
    {
        var spec = pod.Json.At("spec");
        var misfits = new Dictionary<string, int>();
        string? best = null;
        foreach (var node in objects.Store.List(BuiltInResources.Nodes).Items)
        {
            if ((Scheduling.Misfit(spec, node.Json, isDaemon: false) ?? Repelled(pod, node.Name)) is { } reason)
            {
                misfits[reason] = misfits.GetValueOrDefault(reason) + 1;
            }
            else if (best is null || index.CountOn(node.Name) < index.CountOn(best))
            {
                best = node.Name;
            }
        }

        var now = time.GetUtcNow();
        objects.Change(BuiltInResources.Pods, pod.Namespace, pod.Name, json =>
        {
            if (best is not null)
            {
                json.Ensure("spec")["nodeName"] = best;
                Conditions.Set(json.Ensure("status"), "PodScheduled", "True", "Scheduled", "", now);
                return;
            }

            var reasons = string.Join(", ", misfits.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value} {pair.Key}"));
            Conditions.Set(json.Ensure("status"), "PodScheduled", "False", "Unschedulable", $"0/{misfits.Values.Sum()} nodes are available: {reasons}.", now);
        });
    }

    /// <summary>Required anti-affinity by hostname: at most one such pod a node. Other topologies are not looked at.</summary>
    private string? Repelled(StoredObject pod, string node)
    {
        foreach (var term in pod.Json.Items("spec", "affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
            .Where(term => term.Text("topologyKey") == "kubernetes.io/hostname"))
        {
            var wanted = term.At("labelSelector", "matchLabels") as System.Text.Json.Nodes.JsonObject ?? [];
            foreach (var (ns, name) in index.On(node).Where(other => other.Namespace == pod.Namespace))
            {
                if (objects.Find(BuiltInResources.Pods, ns, name) is { } other && wanted.All(label => other.Json.Text("metadata", "labels", label.Key) == label.Value.Text()))
                {
                    return "node(s) didn't match pod anti-affinity rules";
                }
            }
        }

        return null;
    }

    private Run RunOf(StoredObject pod, NodeState? node)
    {
        lock (_gate)
        {
            if (!_runs.TryGetValue(pod.Uid, out var run))
            {
                // A pod that is Ready and that we have not started ran before the API server went away.
                var isRunning = Conditions.IsTrue(pod.Json, "Ready");
                _runs[pod.Uid] = run = new Run { Boot = node?.Boot ?? 0, IsStarted = isRunning };
            }

            return run;
        }
    }

    private sealed class Run
    {
        public int Boot { get; set; }

        public bool IsStarted { get; set; }

        public DateTimeOffset? StartAt { get; set; }

        public DateTimeOffset? StopAt { get; set; }
    }
}
