using System.Net;
using Slipway.Rehearsal.Kubernetes.Controllers;
using Slipway.Rehearsal.Kubernetes.Http;
using Slipway.Rehearsal.Kubernetes.Writing;

namespace Slipway.Rehearsal.Kubernetes;

/// <summary>
/// A Kubernetes API server with its controllers and kubelets, in this process, over real TLS: enough for real helm and kubectl to install,
/// wait, look and delete. Everything that lasts is in <see cref="KubernetesApiOptions.Store"/>.
/// </summary>
public sealed class KubernetesApi : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ControlPlane _controlPlane;
    private readonly ApiListener _listener;

    private KubernetesApi(ControlPlane controlPlane, ApiListener listener, CancellationTokenSource stopping)
    {
        (_controlPlane, _listener, _stopping) = (controlPlane, listener, stopping);
        _controlPlane.NodeReadyChanged += (name, isReady) => NodeReadyChanged?.Invoke(name, isReady);
    }

    /// <summary>A node became Ready, or ceased to be; raised on the thread of the controllers.</summary>
    public event Action<string, bool>? NodeReadyChanged;

    public IPEndPoint EndPoint => _listener.EndPoint;

    /// <summary>False: connections are cut and new ones closed at once, and no controller or kubelet gets anything done.</summary>
    public bool Available
    {
        get => _listener.Available;
        set
        {
            _listener.Available = value;
            _controlPlane.IsPaused = !value;
        }
    }

    internal Exception? ControllerFailure => _controlPlane.Failure;

    /// <exception cref="IOException">The address is in use.</exception>
    public static async Task<KubernetesApi> StartAsync(KubernetesApiOptions options, CancellationToken cancellationToken)
    {
        var (store, time) = (options.Store, options.Time);
        var stopping = new CancellationTokenSource();
        var addresses = new ServiceAddresses(store, options.ServiceCidr);
        var writer = new ObjectWriter(store, time, new ObjectAdmission(time, addresses));
        var deleter = new ObjectDeleter(store, time);
        var router = new ApiRouter(
            store, options.Version, new ReadEndpoint(store, time), new WriteEndpoint(store, writer, deleter), new WatchEndpoint(store, time, options.WireTime), stopping.Token);
        var controlPlane = new ControlPlane(options, writer, deleter, addresses);
        try
        {
            var listener = await ApiListener.StartAsync(options.Listen, options.ServerCertificate, options.ClientCa, router.HandleAsync, cancellationToken);
            return new KubernetesApi(controlPlane, listener, stopping);
        }
        catch
        {
            controlPlane.Dispose();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>The kubelet comes up: the Node appears, NotReady until a CNI runs on it. Registering again updates labels and taints.</summary>
    public void RegisterNode(RehearsedKubelet kubelet) => _controlPlane.RegisterNode(kubelet);

    /// <summary>The machine is off or rebooting: after 40 s without heartbeats its Ready turns Unknown.</summary>
    public void SetNodeDown(string name) => _controlPlane.SetNodeDown(name);

    /// <summary>The machine has booted: kubelet and pods start again, and the CNI has to come up anew.</summary>
    public void SetNodeUp(string name) => _controlPlane.SetNodeUp(name);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _controlPlane.Dispose();
        await _listener.DisposeAsync();
        _stopping.Dispose();
    }
}
