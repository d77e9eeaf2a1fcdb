using Slipway.Rehearsal.Kubernetes.Storage;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes.Controllers;

/// <summary>All controllers and kubelets on one queue.</summary>
internal sealed class ControlPlane : IDisposable
{
    private readonly KubernetesStore _store;
    private readonly WorkQueue _queue;
    private readonly NodeController _nodes;
    private readonly IReadOnlyList<IController> _controllers;

    public ControlPlane(KubernetesApiOptions options, ObjectWriter writer, ObjectDeleter deleter, ServiceAddresses addresses)
    {
        _store = options.Store;
        _queue = new WorkQueue(options.Time);
        var objects = new ObjectAccess(_store, writer, deleter);
        var pods = new PodIndex();
        var workloads = new WorkloadPods(objects, options.Time);
        _nodes = new NodeController(objects, _queue, options, pods);
        _nodes.ReadyChanged += (name, isReady) => NodeReadyChanged?.Invoke(name, isReady);
        _controllers =
        [
            pods,
            _nodes,
            new PodController(objects, _queue, options.Time, _nodes, pods),
            new DaemonSetController(objects, _queue, workloads),
            new DeploymentController(objects, _queue, options.Time),
            new ReplicaSetController(objects, _queue, workloads),
            new JobController(objects, _queue, workloads, options.Time),
            new DisruptionController(objects, _queue),
            new GarbageCollector(objects, _queue),
            new NamespaceController(objects, _queue),
            new BootstrapController(objects, _queue, options, addresses),
            new CiliumController(objects, _queue, options.Time),
        ];
        _store.Changed += Observe;
        foreach (var item in _store.Everything())
        {
            Observe(item);
        }
    }

    public event Action<string, bool>? NodeReadyChanged;

    public Exception? Failure => _queue.Failure;

    public bool IsPaused
    {
        get => _queue.IsPaused;
        set => _queue.IsPaused = value;
    }

    public void RegisterNode(RehearsedKubelet kubelet) => _nodes.Register(kubelet);

    public void SetNodeDown(string name) => _nodes.SetDown(name);

    public void SetNodeUp(string name) => _nodes.SetUp(name);

    public void Dispose()
    {
        _store.Changed -= Observe;
        _queue.Dispose();
    }

    private void Observe(StoreEvent change)
    {
        foreach (var controller in _controllers)
        {
            controller.Observe(change);
        }
    }
}
