using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Kubernetes;

/// <summary>One answer of the API server, body read whole.</summary>
internal sealed record ApiAnswer(HttpStatusCode Status, string Body)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>The body as an object; null when it is something else.</summary>
    public JsonObject? Json()
    {
        try
        {
            return JsonNode.Parse(Body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>
/// HTTP to one Kubernetes API over TLS that trusts the kubeconfig's CA and no other. Raw requests, because objects of any kind
/// are applied and the typed client knows only its own.
/// </summary>
internal sealed class KubernetesApiClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly X509Certificate2? _client;
    private readonly TimeProvider _time;

    private KubernetesApiClient(KubeAccess access, TimeProvider time)
    {
        Server = access.Server;
        _client = access.Client;
        _time = time;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = KubernetesDeadlines.Connect,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            AllowAutoRedirect = false,
            // A proxy from the environment is not how a cluster's API is reached.
            UseProxy = false,
            SslOptions = Tls(access),
        };
        _http = new HttpClient(handler) { BaseAddress = access.Server, Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = 64 * 1024 * 1024 };
        if (access.Token is { Length: > 0 } token)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Uri Server { get; }

    public static KubernetesApiClient Open(Sensitive kubeconfig, TimeProvider time) => new(KubeconfigReader.Read(kubeconfig), time);

    public Task<ApiAnswer> GetAsync(string path, TimeSpan deadline, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, deadline, cancellationToken);

    /// <exception cref="SlipwayException">Unreachable, UntrustedPeer or TimedOut; an answer of any status is returned.</exception>
    public async Task<ApiAnswer> SendAsync(HttpMethod method, string path, (string Type, JsonNode Body)? content, TimeSpan deadline, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(deadline, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.ParseAdd("application/json");
        if (content is { } sent)
        {
            request.Content = new StringContent(sent.Body.ToJsonString(), Encoding.UTF8, new MediaTypeHeaderValue(sent.Type));
        }

        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            return new ApiAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(either.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw ApiErrors.TimedOut(Server, $"{method} {path}", deadline);
        }
        // A connection that is reset while it is made can come up as the socket's own error, in no wrapping.
        catch (Exception error) when (error is HttpRequestException or IOException or System.Net.Sockets.SocketException)
        {
            throw ApiErrors.NoAnswer(Server, $"{method} {path}", error);
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _client?.Dispose();
    }

    private static SslClientAuthenticationOptions Tls(KubeAccess access)
    {
        var policy = new X509ChainPolicy
        {
            // The system's CAs have no say over a cluster's API.
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            DisableCertificateDownloads = true,
        };
        policy.CustomTrustStore.AddRange(access.Trusted);
        var options = new SslClientAuthenticationOptions { CertificateChainPolicy = policy };
        if (access.ServerName is { Length: > 0 } name)
        {
            options.TargetHost = name;
        }

        if (access.Client is { } client)
        {
            options.ClientCertificateContext = SslStreamCertificateContext.Create(client, additionalCertificates: null, offline: true);
        }

        return options;
    }
}
