using System.Net;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Versions;
using Slipway.Rehearsal.Kubernetes;
using Slipway.Talos.Pki;

namespace Slipway.Rehearsal.Clusters;

/// <summary>The served Kubernetes API as the Talos half sees it. Orders are carried out one after the other, off the caller's thread.</summary>
/// <param name="fallback">Where to listen when the endpoint in the config is no loopback address.</param>
internal sealed class ServedKubernetes(VirtualClock clock, ReleaseVersion version, IPEndPoint fallback) : IRehearsedKubernetes, IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly KubernetesStore _store = new();
    private Task _orders = Task.CompletedTask;
    private KubernetesApi? _api;
    private bool _stopped;

    public event Action<string, bool>? NodeReadyChanged;

    /// <summary>Why the API could not be served; null as long as all is well.</summary>
    public Exception? Failure { get; private set; }

    public void Start(KubernetesBirth birth) => Order(async () =>
    {
        using var certificate = ServerCertificate(birth);
        using var ca = CertificatePem.Read(birth.Ca.Certificate, "the Kubernetes CA");
        var api = await KubernetesApi.StartAsync(
            new KubernetesApiOptions
            {
                Listen = Listen(birth.Endpoint),
                ServerCertificate = X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null),
                ClientCa = X509CertificateLoader.LoadCertificate(ca.RawData),
                Time = clock,
                Version = version,
                Store = _store,
                PodCidr = Network(birth.PodCidr, "10.244.0.0/16"),
                ServiceCidr = Network(birth.ServiceCidr, "10.96.0.0/12"),
            },
            CancellationToken.None);
        api.NodeReadyChanged += (node, ready) => NodeReadyChanged?.Invoke(node, ready);
        _api = api;
    });

    public void Register(KubeletRegistration kubelet) => Order(() =>
    {
        _api?.RegisterNode(new RehearsedKubelet
        {
            Name = kubelet.Name,
            Address = kubelet.Address,
            ControlPlane = kubelet.ControlPlane,
            AllowScheduling = kubelet.AllowScheduling,
            Labels = kubelet.Labels,
            Taints = kubelet.Taints,
            OsImage = kubelet.OsImage,
            KernelVersion = "6.12.0-talos",
        });
        return Task.CompletedTask;
    });

    public void SetUp(string node, bool up) => Order(() =>
    {
        if (up)
        {
            _api?.SetNodeUp(node);
        }
        else
        {
            _api?.SetNodeDown(node);
        }

        return Task.CompletedTask;
    });

    public void SetAvailable(bool available) => Order(() =>
    {
        if (_api is { } api)
        {
            api.Available = available;
        }

        return Task.CompletedTask;
    });

    public async ValueTask DisposeAsync()
    {
        Task last;
        lock (_gate)
        {
            _stopped = true;
            last = _orders;
        }

        await last;
        if (_api is not null)
        {
            await _api.DisposeAsync();
        }
    }

    /// <summary>Time stands still until the order is carried out: it is work of this very instant.</summary>
    private void Order(Func<Task> order)
    {
        lock (_gate)
        {
            if (!_stopped)
            {
                _orders = CarryOut(_orders, order, clock.Busy());
            }
        }
    }

    private async Task CarryOut(Task before, Func<Task> order, IDisposable busy)
    {
        using (busy)
        {
            await before;
            await Task.Yield();
            try
            {
                await order();
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or Core.Failures.SlipwayException)
            {
                Failure ??= error;
            }
        }
    }

    private IPEndPoint Listen(Uri endpoint) =>
        IPAddress.TryParse(endpoint.Host, out var address) && IPAddress.IsLoopback(address) ? new IPEndPoint(address, endpoint.Port) : fallback;

    private static IPNetwork Network(string? text, string otherwise) => IPNetwork.TryParse(text, out var network) ? network : IPNetwork.Parse(otherwise);

    private X509Certificate2 ServerCertificate(KubernetesBirth birth)
    {
        string[] all = [birth.Endpoint.Host, fallback.Address.ToString(), "localhost", "127.0.0.1", "10.96.0.1", "kubernetes", "kubernetes.default.svc", .. birth.Names];
        // From before the rehearsal's start and for long: helm and kubectl go by the real clock, Slipway by the virtual one.
        var pair = ServerCertificates.Issue(
            birth.Ca,
            [.. all.Select(name => IPAddress.TryParse(name, out var address) ? address : null).OfType<IPAddress>().Distinct()],
            [.. all.Where(name => !IPAddress.TryParse(name, out _)).Distinct()],
            clock.Start - TimeSpan.FromHours(1),
            TimeSpan.FromDays(365),
            KeyAlgorithm.EcdsaP256);
        return X509Certificate2.CreateFromPem(pair.Certificate, pair.Key!.Reveal());
    }
}
