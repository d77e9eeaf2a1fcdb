using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>A namespace gets its default ServiceAccount; one that is being deleted is emptied and then removed.</summary>
internal sealed class NamespaceController(ObjectAccess objects, WorkQueue queue) : IController
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    public void Observe(StoreEvent change)
    {
        if (change.StorageKey == BuiltInResources.Namespaces.StorageKey && change.Change != StoreChange.Deleted)
        {
            queue.Add(this, change.Object.Name);
        }
    }

    public void Reconcile(string key)
    {
        if (objects.Find(BuiltInResources.Namespaces, "", key) is not { } item)
        {
            return;
        }

        if (!item.IsDeleting)
        {
            if (objects.Find(BuiltInResources.ServiceAccounts, key, "default") is null)
            {
                objects.Create(BuiltInResources.ServiceAccounts, key, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "default" } });
            }

            return;
        }

        var content = objects.Store.InNamespace(key);
        foreach (var (storageKey, inside) in content.Where(pair => !pair.Object.IsDeleting))
        {
            objects.Delete(objects.Store.Registry.Stored(storageKey)!, inside);
        }

        if (content.Count == 0)
        {
            objects.Remove(BuiltInResources.Namespaces, item);
        }
        else
        {
            queue.Add(this, key, Again);
        }
    }
}
