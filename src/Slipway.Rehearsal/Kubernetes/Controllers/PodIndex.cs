using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Which pods are on a node, kept as they come and go so that nobody has to search all pods.</summary>
internal sealed class PodIndex : IController
{
    private static readonly StringComparer Text = StringComparer.Ordinal;
    private readonly Dictionary<string, Dictionary<string, (string Namespace, string Name)>> _byNode = new(Text);
    private readonly Lock _gate = new();

    /// <param name="node">Empty for the pods that are not scheduled yet.</param>
    public IReadOnlyList<(string Namespace, string Name)> On(string node)
    {
        lock (_gate)
        {
            return _byNode.TryGetValue(node, out var pods) ? [.. pods.Values] : [];
        }
    }

    public int CountOn(string node)
    {
        lock (_gate)
        {
            return _byNode.TryGetValue(node, out var pods) ? pods.Count : 0;
        }
    }

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey != BuiltInResources.Pods.StorageKey)
        {
            return;
        }

        lock (_gate)
        {
            if (change.Previous is { } previous && _byNode.TryGetValue(NodeOf(previous), out var before))
            {
                before.Remove(previous.Uid);
            }

            if (change.Change != StoreChange.Deleted)
            {
                var node = NodeOf(change.Object);
                if (!_byNode.TryGetValue(node, out var pods))
                {
                    _byNode[node] = pods = new(Text);
                }

                pods[change.Object.Uid] = (change.Object.Namespace, change.Object.Name);
            }
        }
    }

    public void Reconcile(string key)
    {
    }

    private static string NodeOf(StoredObject pod) => pod.Json.Text("spec", "nodeName") ?? "";
}
