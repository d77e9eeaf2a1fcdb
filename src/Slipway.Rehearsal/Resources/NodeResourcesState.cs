using Slipway.Rehearsal.Nodes;

namespace Slipway.Rehearsal.Resources;

/// <summary>
/// The resources of one node. A node's own state is the truth and resources are rendered from it when somebody asks or
/// watches, so that five hundred nodes do not keep what nobody looks at. Guarded by the world's lock.
/// </summary>
internal sealed class NodeResourcesState(VirtualClock clock, Func<ResourceType, IEnumerable<ResourceBody>> render)
{
    private readonly Dictionary<ResourceType, SortedDictionary<string, ResourceInstance>> _known = [];
    private readonly Dictionary<ResourceType, List<Listener<ResourceChange>>> _watches = [];

    public IReadOnlyCollection<ResourceInstance> Now(ResourceType type)
    {
        Refresh(type);
        return _known[type].Values;
    }

    public ResourceInstance? Find(ResourceType type, string id)
    {
        Refresh(type);
        return _known[type].GetValueOrDefault(id);
    }

    /// <summary>The state behind a type changed: those who watch are told.</summary>
    public void Changed(ResourceType type)
    {
        if (_watches.ContainsKey(type))
        {
            Refresh(type);
        }
    }

    /// <summary>What is there now, and what changes from now on.</summary>
    public Listener<ResourceChange> Watch(ResourceType type, out IReadOnlyList<ResourceInstance> now, out Action stop)
    {
        now = [.. Now(type)];
        var listener = new Listener<ResourceChange>(clock);
        if (!_watches.TryGetValue(type, out var watches))
        {
            _watches[type] = watches = [];
        }

        watches.Add(listener);
        stop = () =>
        {
            watches.Remove(listener);
            listener.Abandon();
            if (watches.Count == 0 && _watches.GetValueOrDefault(type) == watches)
            {
                _watches.Remove(type);
            }
        };
        return listener;
    }

    /// <summary>A node that goes down takes its memory and its watches with it.</summary>
    public void Clear()
    {
        foreach (var watch in _watches.Values.SelectMany(watches => watches))
        {
            watch.Close();
        }

        _watches.Clear();
        _known.Clear();
    }

    private void Refresh(ResourceType type)
    {
        if (!_known.TryGetValue(type, out var known))
        {
            _known[type] = known = new SortedDictionary<string, ResourceInstance>(StringComparer.Ordinal);
        }

        var gone = known.Keys.ToHashSet();
        var now = clock.GetUtcNow();
        foreach (var body in render(type))
        {
            gone.Remove(body.Id);
            if (!known.TryGetValue(body.Id, out var old))
            {
                Set(type, known, new ResourceInstance(type, body, 1, now, now), null);
            }
            else if (old.Body.Yaml != body.Yaml)
            {
                Set(type, known, old with { Body = body, Version = old.Version + 1, Updated = now }, old);
            }
        }

        foreach (var id in gone)
        {
            var old = known[id];
            known.Remove(id);
            Tell(type, new ResourceChange(ResourceChangeKind.Destroyed, old, null));
        }
    }

    private void Set(ResourceType type, SortedDictionary<string, ResourceInstance> known, ResourceInstance resource, ResourceInstance? old)
    {
        known[resource.Body.Id] = resource;
        Tell(type, new ResourceChange(old is null ? ResourceChangeKind.Created : ResourceChangeKind.Updated, resource, old));
    }

    private void Tell(ResourceType type, ResourceChange change)
    {
        foreach (var watch in _watches.GetValueOrDefault(type) ?? [])
        {
            watch.Tell(change);
        }
    }
}
