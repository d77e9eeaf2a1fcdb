namespace Slipway.Rehearsal.Kubernetes.Storage;

internal enum StoreChange
{
    Added,
    Modified,
    Deleted,
}

/// <param name="StorageKey">Which collection, such as <c>daemonsets.apps</c>.</param>
/// <param name="Object">The state after the change; for a deletion the last state, with the revision of the deletion.</param>
/// <param name="Previous">The state before; null for <see cref="StoreChange.Added"/>.</param>
internal sealed record StoreEvent(StoreChange Change, string StorageKey, StoredObject Object, StoredObject? Previous);
