using Slipway.Core.Planning.Draining;
using Slipway.Engine.Ports;

namespace Slipway.Tests.Engine;

/// <summary>Pods on nodes, and who cordoned which node.</summary>
internal sealed class FakeNodeWork
{
    public Dictionary<string, CordonOutcome> Cordons { get; } = [];

    public Dictionary<string, List<NodePod>> Pods { get; } = [];

    /// <summary>Why evictions of a pod are denied; a pod that is not here leaves at once.</summary>
    public Dictionary<string, Func<string?>> Denied { get; } = [];

    /// <summary>What was done, and when nodes rebooted, in order.</summary>
    public List<string> Log { get; } = [];

    public bool IsOurs(string node) => Cordons.TryGetValue(node, out var whose) && whose == CordonOutcome.Ours;

    public NodePod Put(string node, string name, string? owner = "ReplicaSet", bool emptyDir = false)
    {
        var pod = new NodePod { Namespace = "jupiter", Name = name, Uid = Guid.NewGuid().ToString(), Owner = owner, HasEmptyDir = emptyDir };
        Pods.TryAdd(node, []);
        Pods[node].Add(pod);
        return pod;
    }

    public CordonOutcome Cordon(string node)
    {
        if (Cordons.TryAdd(node, CordonOutcome.Ours))
        {
            Log.Add($"{node} cordoned");
        }

        return Cordons[node];
    }

    public void Uncordon(string node)
    {
        if (IsOurs(node) && Cordons.Remove(node))
        {
            Log.Add($"{node} uncordoned");
        }
    }

    public IReadOnlyList<NodePod> PodsOn(string node) => [.. Pods.GetValueOrDefault(node) ?? []];

    public string? Evict(NodePod pod)
    {
        if (Denied.TryGetValue(pod.Name, out var denied) && denied() is { } why)
        {
            return why;
        }

        foreach (var pods in Pods.Values.Where(pods => pods.RemoveAll(other => other.Uid == pod.Uid) > 0))
        {
            Log.Add($"{pod.Name} evicted");
        }

        return null;
    }
}
