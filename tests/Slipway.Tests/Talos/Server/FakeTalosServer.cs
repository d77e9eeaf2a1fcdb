using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slipway.Talos.Tls;

namespace Slipway.Tests.Talos.Server;

/// <summary>A gRPC server on loopback that answers what a test tells it to, over the TLS that a Talos node has.</summary>
internal sealed class FakeTalosServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private FakeTalosServer(WebApplication app, FakeNode node)
    {
        (_app, Node) = (app, node);
    }

    public FakeNode Node { get; }

    public int Port { get; private set; }

    public static async Task<FakeTalosServer> StartAsync(FakeNode node, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(node);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection => SecureAsync(node, connection, next));
        }));
        var app = builder.Build();
        app.MapGrpcService<FakeMachine>();
        app.MapGrpcService<FakeLifecycle>();
        app.MapGrpcService<FakeState>();
        app.MapGrpcService<FakeStorage>();
        await app.StartAsync();
        return new FakeTalosServer(app, node) { Port = new Uri(app.Urls.Single()).Port };
    }

    public async ValueTask DisposeAsync()
    {
        // A test's stream may still be open; the port must be free at once all the same.
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static async Task SecureAsync(FakeNode node, ConnectionContext connection, ConnectionDelegate next)
    {
        node.Connections++;
        if (node.CutsConnections)
        {
            connection.Abort();
            return;
        }

        var tcp = new TransportStream(connection.Transport);
        BcTlsStream tls;
        try
        {
            tls = await BcTlsStream.AuthenticateAsServerAsync(tcp, node.Tls, connection.ConnectionClosed);
        }
        catch (TlsFailedException)
        {
            // Closing with unread data resets the connection, and the client would lose the alert: read until it has gone.
            await tcp.CopyToAsync(Stream.Null, connection.ConnectionClosed);
            return;
        }

        connection.Transport = new Duplex(PipeReader.Create(tls), PipeWriter.Create(tls));
        await next(connection);
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
