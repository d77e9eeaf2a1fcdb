using System.Collections.Concurrent;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>Kestrel with TLS on one address. It can pretend that nobody is there: connections are then cut before TLS begins.</summary>
internal sealed class ApiListener : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConnectionContext> _connections = new();
    private readonly ClientCertificates _clients;
    private readonly WebApplication _app;
    private volatile bool _available = true;

    private ApiListener(IPEndPoint listen, X509Certificate2 certificate, X509Certificate2 clientCa, RequestDelegate handler)
    {
        _clients = new ClientCertificates(clientCa);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            kestrel.Listen(listen, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1AndHttp2;
                endpoint.Use(Track);
                endpoint.UseHttps(Tls(certificate));
            });
        });
        _app = builder.Build();
        _app.Use(async (http, next) =>
        {
            http.User = _clients.UserOf(http);
            await next(http);
        });
        _app.Run(handler);
    }

    public IPEndPoint EndPoint { get; private set; } = new(IPAddress.None, 0);

    public bool Available
    {
        get => _available;
        set
        {
            _available = value;
            foreach (var connection in value ? [] : _connections.Values)
            {
                connection.Abort();
            }
        }
    }

    public static async Task<ApiListener> StartAsync(
        IPEndPoint listen, X509Certificate2 certificate, X509Certificate2 clientCa, RequestDelegate handler, CancellationToken cancellationToken)
    {
        var listener = new ApiListener(listen, certificate, clientCa, handler);
        await listener._app.StartAsync(cancellationToken);
        var address = listener._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        listener.EndPoint = new IPEndPoint(listen.Address, new Uri(address).Port);
        return listener;
    }

    public async ValueTask DisposeAsync()
    {
        // Watches hold their connections open for minutes: nobody waits for them.
        Available = false;
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static HttpsConnectionAdapterOptions Tls(X509Certificate2 certificate) => new()
    {
        ServerCertificate = certificate,
        SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
        // As in a real API server, a bad client certificate is an answer (401) and not a failed handshake.
        ClientCertificateMode = ClientCertificateMode.AllowCertificate,
        ClientCertificateValidation = (_, _, _) => true,
    };

    private ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        if (!_available)
        {
            connection.Abort();
            return;
        }

        _connections[connection.ConnectionId] = connection;
        try
        {
            await next(connection);
        }
        finally
        {
            _connections.TryRemove(connection.ConnectionId, out _);
        }
    };
}
