using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Writing;

/// <summary>Deletion: at once, or a mark that finalizers, kubelets and controllers work off.</summary>
internal sealed class ObjectDeleter(KubernetesStore store, TimeProvider time)
{
    public const string ForegroundFinalizer = "foregroundDeletion";

    /// <returns>The marked object, or null when it is gone.</returns>
    public StoredObject? Delete(ResourceType type, string ns, string name, DeleteOptions options)
    {
        lock (store.Gate)
        {
            var live = store.Find(type, ns, name) ?? throw ApiException.NotFound(type, name);
            if ((options.Uid ?? live.Uid) != live.Uid || (options.ResourceVersion ?? live.Json.Text("metadata", "resourceVersion")) != live.Json.Text("metadata", "resourceVersion"))
            {
                throw ApiException.Conflict(type, name, $"Precondition failed: expected uid {options.Uid}, resourceVersion {options.ResourceVersion}; found uid {live.Uid}, resourceVersion {live.Json.Text("metadata", "resourceVersion")}");
            }

            if (options.IsDryRun)
            {
                return live;
            }

            if (options.Propagation == "Orphan")
            {
                Orphan(live.Uid);
            }

            if (type.StorageKey == BuiltInResources.CustomResourceDefinitions.StorageKey)
            {
                DeleteInstances(name);
            }

            return WaitsForSomebody(type, live, options) ? Mark(type, live, options) : Gone(type, live);
        }
    }

    private static bool WaitsForSomebody(ResourceType type, StoredObject live, DeleteOptions options) => type.Kind switch
    {
        "Pod" when options.GraceSeconds != 0 && live.Json.Text("spec", "nodeName") is { Length: > 0 } => true,
        "Namespace" => true,
        _ => live.Json.At("metadata", "finalizers") is JsonArray { Count: > 0 } || options.Propagation == "Foreground",
    };

    private StoredObject Mark(ResourceType type, StoredObject live, DeleteOptions options)
    {
        if (live.IsDeleting)
        {
            return live;
        }

        var json = live.Json.Clone();
        var metadata = json.Ensure("metadata");
        metadata["deletionTimestamp"] = time.GetUtcNow().Timestamp();
        metadata["deletionGracePeriodSeconds"] = options.GraceSeconds ?? (type.Kind == "Pod" ? json.Number("spec", "terminationGracePeriodSeconds") ?? 30 : 0);
        if (options.Propagation == "Foreground")
        {
            metadata.EnsureList("finalizers").Add(ForegroundFinalizer);
        }

        if (type.Kind == "Namespace")
        {
            json.Ensure("status")["phase"] = "Terminating";
        }

        return store.Put(type, json);
    }

    private StoredObject? Gone(ResourceType type, StoredObject live)
    {
        store.Remove(type.StorageKey, live.Namespace, live.Name);
        return null;
    }

    private void Orphan(string uid)
    {
        foreach (var (storageKey, item) in store.DependentsOf(uid))
        {
            var json = item.Json.Clone();
            json.Ensure("metadata").EnsureList("ownerReferences").RemoveAll(owner => owner.Text("uid") == uid);
            store.Put(store.Registry.Stored(storageKey)!, json);
        }
    }

    private void DeleteInstances(string storageKey)
    {
        if (store.Registry.Stored(storageKey) is { } type)
        {
            foreach (var item in store.List(type).Items)
            {
                store.Remove(storageKey, item.Namespace, item.Name);
            }
        }
    }
}
