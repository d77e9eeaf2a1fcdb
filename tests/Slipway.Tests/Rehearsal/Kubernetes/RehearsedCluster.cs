using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Slipway.Core.Versions;
using Slipway.Rehearsal.Kubernetes;

namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>A rehearsed API with three nodes, an HTTP client that may do everything, and a kubeconfig for the real tools.</summary>
internal sealed class RehearsedCluster : IAsyncDisposable
{
    private readonly TestPki _pki;

    private RehearsedCluster(TestPki pki, KubernetesApi api, KubernetesStore store, HttpClient http, DirectoryInfo folder)
    {
        (_pki, Api, Store, Http, Folder) = (pki, api, store, http, folder);
        KubeconfigPath = Path.Combine(folder.FullName, "kubeconfig");
        File.WriteAllText(KubeconfigPath, pki.Kubeconfig(api.EndPoint));
    }

    public KubernetesApi Api { get; }

    public KubernetesStore Store { get; }

    public HttpClient Http { get; }

    /// <summary>HOME of the tools and place of their files; gone with the cluster.</summary>
    public DirectoryInfo Folder { get; }

    public string KubeconfigPath { get; }

    public static async Task<RehearsedCluster> StartAsync(TimeProvider? time = null, int controlPlanes = 1, int workers = 2)
    {
        var pki = new TestPki();
        var store = new KubernetesStore();
        var api = await KubernetesApi.StartAsync(
            new KubernetesApiOptions
            {
                Listen = new IPEndPoint(IPAddress.Loopback, 0),
                ServerCertificate = pki.Server,
                ClientCa = pki.Ca,
                Time = time ?? new HurriedTime(20),
                Version = ReleaseVersion.Parse("v1.35.2"),
                Store = store,
            },
            TestContext.Current.CancellationToken);
        for (var i = 0; i < controlPlanes + workers; i++)
        {
            api.RegisterNode(new RehearsedKubelet
            {
                Name = i < controlPlanes ? $"cp-{i + 1}" : $"worker-{i - controlPlanes + 1}",
                Address = new IPAddress([10, 0, (byte)(i / 250), (byte)((i % 250) + 1)]),
                ControlPlane = i < controlPlanes,
            });
        }

        return new RehearsedCluster(pki, api, store, Client(pki, api, withCertificate: true), Directory.CreateTempSubdirectory("slipway-kube-"));
    }

    public HttpClient AnonymousClient() => Client(_pki, Api, withCertificate: false);

    public Task<(HttpStatusCode Code, JsonObject Body)> GetAsync(string path) => SendAsync(HttpMethod.Get, path, null);

    public Task<(HttpStatusCode Code, JsonObject Body)> PostAsync(string path, string json) => SendAsync(HttpMethod.Post, path, json);

    public Task<(HttpStatusCode Code, JsonObject Body)> PatchAsync(string path, string kind, string json) => SendAsync(HttpMethod.Patch, path, json, $"application/{kind}");

    public async Task<(HttpStatusCode Code, JsonObject Body)> SendAsync(HttpMethod method, string path, string? json, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, (JsonObject)JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Api.DisposeAsync();
        _pki.Dispose();
        Folder.Delete(recursive: true);
        Assert.Null(Api.ControllerFailure);
    }

    private static HttpClient Client(TestPki pki, KubernetesApi api, bool withCertificate)
    {
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = System.Security.Cryptography.X509Certificates.X509ChainTrustMode.CustomRootTrust,
            RevocationMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
        };
        handler.SslOptions.CertificateChainPolicy.CustomTrustStore.Add(pki.Ca);
        if (withCertificate)
        {
            handler.SslOptions.ClientCertificates = [pki.Client()];
        }

        return new HttpClient(handler) { BaseAddress = new Uri($"https://{api.EndPoint}") };
    }
}
