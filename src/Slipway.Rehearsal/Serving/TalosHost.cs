using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Slipway.Rehearsal.Nodes;
using Slipway.Rehearsal.Services;

namespace Slipway.Rehearsal.Serving;

/// <summary>One Kestrel for all nodes: a listener each, one set of services for all, no thread of anybody's own.</summary>
internal sealed class TalosHost : IAsyncDisposable
{
    /// <summary>Talos' own limit in both directions.</summary>
    private const int MaxMessage = 32 * 1024 * 1024;

    private readonly WebApplication _app;

    private TalosHost(WebApplication app)
    {
        _app = app;
    }

    public static async Task<TalosHost> StartAsync(
        IReadOnlyList<(RehearsedNode Node, NodeCertificates Certificates)> nodes, FaultsState faults, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            // TLS is ours and below HTTP, so a client's :scheme says https where Kestrel sees plain text.
            kestrel.AllowAlternateSchemes = true;
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.Http2.MaxStreamsPerConnection = 1000;
            foreach (var (node, certificates) in nodes)
            {
                var tls = new NodeTls(node, certificates, new NodeConnectionsState(node));
                kestrel.Listen(node.Plate.Address, LoopbackBlock.TalosPort, listen =>
                {
                    listen.Protocols = HttpProtocols.Http2;
                    listen.Use(next => connection => tls.HandleAsync(connection, next));
                });
            }
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(new CallFaultsState(faults));
        builder.Services.AddSingleton<CallGate>();
        builder.Services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MaxMessage;
            grpc.MaxSendMessageSize = MaxMessage;
            grpc.Interceptors.Add<CallGate>();
        });
        // A rehearsal that is over must not wait for streams that nobody will end.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMilliseconds(100));
        var app = builder.Build();
        app.UseRouting();
        app.MapGrpcService<MachineApi>();
        app.MapGrpcService<StateApi>();
        app.MapGrpcService<StorageApi>();
        app.MapGrpcService<TimeApi>();
        app.MapGrpcService<ImageApi>();
        app.MapGrpcService<LifecycleApi>();
        try
        {
            await app.StartAsync(cancellationToken);
            return new TalosHost(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        // Completes whatever the caller's mood is: sockets must not outlive the rehearsal.
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }
}
