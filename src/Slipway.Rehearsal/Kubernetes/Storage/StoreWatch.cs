using System.Threading.Channels;

namespace Slipway.Rehearsal.Kubernetes.Storage;

/// <summary>A subscription to one kind: what was there when it began, then every change in order.</summary>
internal sealed class StoreWatch(IReadOnlyList<StoredObject> initial, long revision, ChannelReader<StoreEvent> changes, Action detach) : IDisposable
{
    /// <summary>The objects at the start; empty when the watch continues from a revision.</summary>
    public IReadOnlyList<StoredObject> Initial { get; } = initial;

    public long Revision { get; } = revision;

    public ChannelReader<StoreEvent> Changes { get; } = changes;

    public void Dispose() => detach();
}
