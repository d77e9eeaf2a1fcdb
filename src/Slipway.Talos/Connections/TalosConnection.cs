using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace Slipway.Talos.Connections;

/// <summary>
/// A gRPC channel to one node. It connects on the first call and again after each loss, so it outlives reboots. Calls made
/// through it fail with a <see cref="Core.Failures.SlipwayException"/> that names node, address, call and reason.
/// </summary>
public sealed class TalosConnection : IDisposable
{
    /// <summary>Both directions (Talos: pkg/machinery/constants, GRPCMaxMessageSize).</summary>
    private const int MaxMessage = 32 * 1024 * 1024;

    private readonly GrpcChannel _channel;
    private readonly TlsDialer _dialer;

    /// <param name="deadlines">By full gRPC name; null takes <see cref="RpcDeadlines"/>.</param>
    public TalosConnection(TalosTarget target, TalosCredentials credentials, TimeSpan connectTimeout, Func<string, TimeSpan>? deadlines = null)
    {
        (Target, IsMaintenance) = (target, credentials.IsMaintenance);
        _dialer = new TlsDialer(target, credentials);
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            ConnectCallback = (_, cancellationToken) => _dialer.DialAsync(cancellationToken),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(5),
            UseProxy = false,
        };
        // http, because TLS is done below HTTP where .NET's own handler would not know our keys.
        _channel = GrpcChannel.ForAddress(
            new UriBuilder("http", target.Host.Trim('[', ']'), target.Port).Uri,
            new GrpcChannelOptions
            {
                HttpHandler = handler,
                DisposeHttpClient = true,
                MaxReceiveMessageSize = MaxMessage,
                MaxSendMessageSize = MaxMessage,
            });
        Invoker = _channel.Intercept(new NodeInterceptor(target, credentials.IsMaintenance, deadlines ?? RpcDeadlines.Of, () => _dialer.LateFailure));
    }

    public TalosTarget Target { get; }

    /// <summary>True when no client certificate is shown, as to a node without a configuration.</summary>
    public bool IsMaintenance { get; }

    /// <summary>Of the certificate that the node showed last, trusted or not; null before the first connection.</summary>
    public string? Fingerprint => _dialer.Fingerprint;

    /// <summary>For the generated clients.</summary>
    public CallInvoker Invoker { get; }

    public void Dispose() => _channel.Dispose();
}
