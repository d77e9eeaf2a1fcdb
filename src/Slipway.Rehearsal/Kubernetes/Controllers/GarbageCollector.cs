using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Deletes what belonged to something that is gone (background), or before it goes (foreground).</summary>
internal sealed class GarbageCollector(ObjectAccess objects, WorkQueue queue) : IController
{
    private const string Foreground = "foreground:";
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    public void Observe(StoreEvent change)
    {
        if (change.Change == StoreChange.Deleted)
        {
            queue.Add(this, change.Object.Uid);
        }
        else if (change.Object.IsDeleting && IsForeground(change.Object))
        {
            queue.Add(this, $"{Foreground}{change.StorageKey}/{ObjectKey.Of(change.Object)}");
        }
    }

    public void Reconcile(string key)
    {
        if (key.StartsWith(Foreground, StringComparison.Ordinal))
        {
            var parts = key[Foreground.Length..].Split('/');
            FinishForeground(key, parts[0], parts[1], parts[2]);
        }
        else
        {
            DeleteDependents(key);
        }
    }

    private void DeleteDependents(string uid)
    {
        foreach (var (storageKey, item) in objects.Store.DependentsOf(uid))
        {
            var hasOtherOwner = item.Json.Items("metadata", "ownerReferences").Any(owner => owner.Text("uid") is { } other && other != uid && objects.Store.Holds(other));
            if (!item.IsDeleting && !hasOtherOwner && objects.Store.Registry.Stored(storageKey) is { } type)
            {
                objects.Delete(type, item);
            }
        }
    }

    private void FinishForeground(string key, string storageKey, string ns, string name)
    {
        if (objects.Store.Find(storageKey, ns, name) is not { IsDeleting: true } item || objects.Store.Registry.Stored(storageKey) is not { } type || !IsForeground(item))
        {
            return;
        }

        DeleteDependents(item.Uid);
        if (objects.Store.DependentsOf(item.Uid).Count > 0)
        {
            queue.Add(this, key, Again);
            return;
        }

        if (item.Json.Texts("metadata", "finalizers").All(finalizer => finalizer == ObjectDeleter.ForegroundFinalizer))
        {
            objects.Remove(type, item);
        }
        else
        {
            objects.Change(type, ns, name, json => json.Ensure("metadata").EnsureList("finalizers").RemoveAll(finalizer => finalizer.Text() == ObjectDeleter.ForegroundFinalizer));
        }
    }

    private static bool IsForeground(StoredObject item) => item.Json.Texts("metadata", "finalizers").Contains(ObjectDeleter.ForegroundFinalizer);
}
