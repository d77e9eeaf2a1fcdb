using System.Text.Json.Nodes;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>What controllers do to objects. Status goes straight into the store, without owners of fields: nobody applies a status here.</summary>
internal sealed class ObjectAccess(KubernetesStore store, ObjectWriter writer, ObjectDeleter deleter)
{
    private static readonly WriteOptions Options = new() { Manager = "kube-controller-manager", Validation = FieldValidation.Ignore };

    public KubernetesStore Store { get; } = store;

    public StoredObject? Find(ResourceType type, string ns, string name) => Store.Find(type, ns, name);

    /// <summary>Dependents of that kind which are under control of the owner.</summary>
    public IReadOnlyList<StoredObject> Owned(string ownerUid, ResourceType type) =>
        [.. Store.DependentsOf(ownerUid).Where(pair => pair.StorageKey == type.StorageKey).Select(pair => pair.Object)];

    public void Create(ResourceType type, string ns, JsonObject json)
    {
        try
        {
            writer.Create(type, ns, json, Options);
        }
        catch (ApiException error) when (error.Reason is "AlreadyExists" or "NotFound" or "Forbidden")
        {
            // Somebody was faster, or the namespace is going away: the next look at the world decides again.
        }
    }

    /// <summary>Changes a copy of the object and stores it if it differs. Nothing when the object is gone.</summary>
    public void Change(ResourceType type, string ns, string name, Action<JsonObject> change)
    {
        lock (Store.Gate)
        {
            if (Store.Find(type, ns, name) is { } live)
            {
                var json = live.Json.Clone();
                change(json);
                if (!JsonNode.DeepEquals(json, live.Json))
                {
                    Store.Put(type, json);
                }
            }
        }
    }

    public void ChangeStatus(ResourceType type, StoredObject item, Action<JsonObject> change) =>
        Change(type, item.Namespace, item.Name, json => change(json.Ensure("status")));

    public void Delete(ResourceType type, StoredObject item, DeleteOptions? options = null)
    {
        try
        {
            deleter.Delete(type, item.Namespace, item.Name, (options ?? new DeleteOptions()) with { Uid = item.Uid });
        }
        catch (ApiException error) when (error.Reason is "NotFound" or "Conflict")
        {
            // Gone already, or another object of that name.
        }
    }

    public void Remove(ResourceType type, StoredObject item) => Store.Remove(type.StorageKey, item.Namespace, item.Name);
}
