using Slipway.Rehearsal.Resources;

namespace Slipway.Rehearsal.Nodes;

/// <content>COSI resources: who may see which, and what they say.</content>
internal sealed partial class RehearsedNode
{
    private NodeResourcesState? _resources;

    private NodeResourcesState Resources => _resources ??= new NodeResourcesState(_world.Clock, type => ResourceRendering.Of(this, type));

    public ResourceInstance Get(string @namespace, string type, string id, bool admin)
    {
        lock (_world.Gate)
        {
            var found = Allowed(@namespace, type, admin);
            return (found.Namespace == @namespace ? Resources.Find(found, id) : null)
                ?? throw new Refusal(RefusalCode.NotFound, $"resource {type}({@namespace}/{id}@undefined) doesn't exist");
        }
    }

    public IReadOnlyList<ResourceInstance> List(string @namespace, string type, bool admin)
    {
        lock (_world.Gate)
        {
            var found = Allowed(@namespace, type, admin);
            return found.Namespace == @namespace ? [.. Resources.Now(found)] : [];
        }
    }

    public Listener<ResourceChange> Watch(string @namespace, string type, bool admin, out IReadOnlyList<ResourceInstance> now, out Action stop)
    {
        lock (_world.Gate)
        {
            var listener = Resources.Watch(Allowed(@namespace, type, admin), out now, out var unlocked);
            stop = () =>
            {
                lock (_world.Gate)
                {
                    unlocked();
                }
            };
            return listener;
        }
    }

    /// <summary>The gate of Talos internal/app/resources/access.go: an unknown type or namespace is refused, not "not found".</summary>
    private ResourceType Allowed(string @namespace, string type, bool admin)
    {
        var found = ResourceTypes.Find(type, Traits.Version)
            ?? throw new Refusal(RefusalCode.PermissionDenied, $"resource type \"{type}\" is not supported");
        if (found.Sensitive && !admin)
        {
            throw Refusal.NotAuthorized();
        }

        return ResourceTypes.Namespaces.Contains(@namespace)
            ? found
            : throw new Refusal(RefusalCode.PermissionDenied, $"namespace \"{@namespace}\" is not supported");
    }

    private void Changed(ResourceType type) => _resources?.Changed(type);

    private void CloseWatches() => _resources?.Clear();
}
