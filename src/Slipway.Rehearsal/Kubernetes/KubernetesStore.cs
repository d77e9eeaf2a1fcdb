using System.Globalization;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Slipway.Rehearsal.Kubernetes.Json;
using Slipway.Rehearsal.Kubernetes.Resources;
using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes;

/// <summary>
/// What etcd is to a cluster: every object of every kind under one revision counter, with watches. It outlives the
/// <see cref="KubernetesApi"/> that serves it, so that an API server can go away and come back without losing anything.
/// </summary>
public sealed class KubernetesStore
{
    private readonly Dictionary<string, ObjectCollection> _collections = [];
    private readonly Dictionary<string, Dictionary<string, (string StorageKey, string Namespace, string Name)>> _dependents = [];
    private long _revision = 1;

    /// <summary>Raised inside <see cref="Gate"/> in the order of revisions: handlers note what changed and return.</summary>
    internal event Action<StoreEvent>? Changed;

    /// <summary>Held for a whole read-modify-write. Re-entrant; nothing is awaited under it.</summary>
    internal Lock Gate { get; } = new();

    internal ResourceRegistry Registry { get; private set; } = ResourceRegistry.BuiltIn;

    /// <summary>Uids of what is stored, for owner references whose owner is gone.</summary>
    private HashSet<string> Uids { get; } = [];

    internal long Revision
    {
        get
        {
            lock (Gate)
            {
                return _revision;
            }
        }
    }

    internal StoredObject? Find(ResourceType type, string ns, string name) => Find(type.StorageKey, ns, name);

    internal StoredObject? Find(string storageKey, string ns, string name)
    {
        lock (Gate)
        {
            return Collection(storageKey).Objects.GetValueOrDefault((ns, name));
        }
    }

    /// <param name="ns">Empty for all namespaces and for kinds that have none.</param>
    internal (IReadOnlyList<StoredObject> Items, long Revision) List(ResourceType type, string ns = "")
    {
        lock (Gate)
        {
            var objects = Collection(type.StorageKey).Objects.Values;
            return ([.. ns.Length == 0 ? objects : objects.Where(item => item.Namespace == ns)], _revision);
        }
    }

    /// <summary>Every object that names <paramref name="uid"/> as an owner.</summary>
    internal IReadOnlyList<(string StorageKey, StoredObject Object)> DependentsOf(string uid)
    {
        lock (Gate)
        {
            return _dependents.TryGetValue(uid, out var keys)
                ? [.. keys.Values.Select(key => (key.StorageKey, Collection(key.StorageKey).Objects[(key.Namespace, key.Name)]))]
                : [];
        }
    }

    internal bool Holds(string uid)
    {
        lock (Gate)
        {
            return Uids.Contains(uid);
        }
    }

    /// <summary>Everything in a namespace, for its deletion.</summary>
    internal IReadOnlyList<(string StorageKey, StoredObject Object)> InNamespace(string ns)
    {
        lock (Gate)
        {
            return [.. _collections.SelectMany(pair => pair.Value.Objects.Values.Where(item => item.Namespace == ns).Select(item => (pair.Key, item)))];
        }
    }

    /// <summary>The whole content as if it were just added: how controllers learn what was there before them.</summary>
    internal IReadOnlyList<StoreEvent> Everything()
    {
        lock (Gate)
        {
            return [.. _collections.SelectMany(pair => pair.Value.Objects.Values.Select(item => new StoreEvent(StoreChange.Added, pair.Key, item, null)))];
        }
    }

    /// <summary>Stores a new version and gives it the next revision. The store owns <paramref name="json"/> from here on.</summary>
    internal StoredObject Put(ResourceType type, JsonObject json)
    {
        lock (Gate)
        {
            json.Ensure("metadata")["resourceVersion"] = (++_revision).ToString(CultureInfo.InvariantCulture);
            var collection = Collection(type.StorageKey);
            var item = new StoredObject(json, _revision);
            var previous = collection.Objects.GetValueOrDefault((item.Namespace, item.Name));
            collection.Objects[(item.Namespace, item.Name)] = item;
            Publish(collection, new StoreEvent(previous is null ? StoreChange.Added : StoreChange.Modified, type.StorageKey, item, previous));
            return item;
        }
    }

    internal StoredObject? Remove(string storageKey, string ns, string name)
    {
        lock (Gate)
        {
            var collection = Collection(storageKey);
            if (!collection.Objects.Remove((ns, name), out var previous))
            {
                return null;
            }

            var last = previous.Json.Clone();
            last.Ensure("metadata")["resourceVersion"] = (++_revision).ToString(CultureInfo.InvariantCulture);
            var item = new StoredObject(last, _revision);
            Publish(collection, new StoreEvent(StoreChange.Deleted, storageKey, item, previous));
            return item;
        }
    }

    /// <param name="since">Null: the present objects first. Else the changes after that revision.</param>
    /// <returns>Null when <paramref name="since"/> is older than the history kept.</returns>
    internal StoreWatch? Watch(ResourceType type, long? since)
    {
        lock (Gate)
        {
            var collection = Collection(type.StorageKey);
            if (since < collection.Forgotten)
            {
                return null;
            }

            var channel = Channel.CreateUnbounded<StoreEvent>(new UnboundedChannelOptions { SingleReader = true });
            foreach (var change in since is { } revision ? collection.Since(revision) : [])
            {
                channel.Writer.TryWrite(change);
            }

            collection.Attach(channel.Writer);
            return new StoreWatch(since is null ? [.. collection.Objects.Values] : [], _revision, channel.Reader, () => Detach(collection, channel.Writer));
        }
    }

    /// <summary>Compacts: a watch from an earlier revision is answered 410 Gone from now on.</summary>
    internal void ForgetHistory()
    {
        lock (Gate)
        {
            foreach (var collection in _collections.Values)
            {
                collection.Forget();
            }
        }
    }

    private void Detach(ObjectCollection collection, ChannelWriter<StoreEvent> watcher)
    {
        lock (Gate)
        {
            collection.Detach(watcher);
        }

        watcher.TryComplete();
    }

    private ObjectCollection Collection(string storageKey)
    {
        if (!_collections.TryGetValue(storageKey, out var collection))
        {
            _collections[storageKey] = collection = new ObjectCollection();
        }

        return collection;
    }

    private void Publish(ObjectCollection collection, StoreEvent change)
    {
        Index(change);
        if (change.StorageKey == BuiltInResources.CustomResourceDefinitions.StorageKey)
        {
            Registry = ResourceRegistry.With(collection.Objects.Values.Select(item => item.Json));
        }

        collection.Record(change);
        Changed?.Invoke(change);
    }

    private void Index(StoreEvent change)
    {
        foreach (var owner in change.Previous?.Json.Items("metadata", "ownerReferences") ?? [])
        {
            if (owner.Text("uid") is { } uid && _dependents.TryGetValue(uid, out var keys) && keys.Remove(change.Object.Uid) && keys.Count == 0)
            {
                _dependents.Remove(uid);
            }
        }

        if (change.Change == StoreChange.Deleted)
        {
            Uids.Remove(change.Object.Uid);
            return;
        }

        Uids.Add(change.Object.Uid);
        foreach (var owner in change.Object.Json.Items("metadata", "ownerReferences"))
        {
            if (owner.Text("uid") is { } uid)
            {
                if (!_dependents.TryGetValue(uid, out var keys))
                {
                    _dependents[uid] = keys = [];
                }

                keys[change.Object.Uid] = (change.StorageKey, change.Object.Namespace, change.Object.Name);
            }
        }
    }
}
