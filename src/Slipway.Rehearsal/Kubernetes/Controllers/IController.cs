using Slipway.Rehearsal.Kubernetes.Storage;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>Level-triggered: notes keys when something changed, and later makes the world match for one key at a time.</summary>
internal interface IController
{
    /// <summary>Called under the store's gate: only queues.</summary>
    void Observe(StoreEvent change);

    /// <summary>Called by one thread at a time, at the due time.</summary>
    void Reconcile(string key);
}
