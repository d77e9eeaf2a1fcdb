namespace Slipway.Rehearsal.Clusters;

/// <summary>
/// The Kubernetes half of a rehearsal as the Talos half needs it: born when the first control plane's static pods run,
/// told about kubelets, and telling when a node turns Ready. Calls may come under a lock: they return at once and do their
/// work elsewhere, in order.
/// </summary>
internal interface IRehearsedKubernetes
{
    /// <summary>A node's status in Kubernetes turned Ready, or stopped being so. Raised without any lock held.</summary>
    event Action<string, bool>? NodeReadyChanged;

    void Start(KubernetesBirth birth);

    /// <summary>A kubelet registers its node.</summary>
    void Register(KubeletRegistration kubelet);

    /// <summary>A kubelet stopped, or runs again, on a registered node.</summary>
    void SetUp(string node, bool up);

    /// <summary>Whether anyone serves the API: static pods on a node that is up, and etcd with quorum.</summary>
    void SetAvailable(bool available);
}
