using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;

namespace Slipway.Talos.Connections;

/// <summary>
/// Opens the TCP and TLS connections under a gRPC channel. .NET's own TLS serves ECDSA identities; BouncyCastle serves
/// Ed25519 ones, and maintenance mode, where it alone tells for certain that a server asks for a client certificate.
/// </summary>
internal sealed class TlsDialer(TalosTarget target, TalosCredentials credentials)
{
    private string? _fingerprint;
    private TlsFailedException? _lateFailure;

    /// <summary>Of the certificate that the node showed last, trusted or not.</summary>
    public string? Fingerprint => Volatile.Read(ref _fingerprint);

    /// <summary>What ended the last connection after its handshake, or null.</summary>
    public TlsFailedException? LateFailure => Volatile.Read(ref _lateFailure);

    public async ValueTask<Stream> DialAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            KeepAlive(socket);
            await socket.ConnectAsync(EndPoint(), cancellationToken);
            var tcp = new NetworkStream(socket, ownsSocket: true);
            Stream tls = credentials.Identity is null or { IsEd25519: true }
                ? await WithBouncyCastleAsync(tcp, cancellationToken)
                : await WithSslStreamAsync(tcp, credentials.Identity, cancellationToken);
            Volatile.Write(ref _lateFailure, null);
            return new LateRefusalStream(tls, failure => Volatile.Write(ref _lateFailure, failure));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>An address goes past the resolver: a fleet that reboots is dialled thousands of times.</summary>
    private EndPoint EndPoint()
    {
        var host = target.Host.Trim('[', ']');
        return IPAddress.TryParse(host, out var address) ? new IPEndPoint(address, target.Port) : new DnsEndPoint(host, target.Port);
    }

    // Talos answers HTTP/2 pings more often than every 5 minutes with GOAWAY too_many_pings: the kernel asks instead.
    private static void KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 15);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 5);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }

    private Task<BcTlsStream> WithBouncyCastleAsync(NetworkStream tcp, CancellationToken cancellationToken) =>
        BcTlsStream.AuthenticateAsClientAsync(
            tcp, new BcTlsClientOptions { Host = target.Host, Trust = new Observed(this), Identity = credentials.Identity }, cancellationToken);

    private async Task<SslStream> WithSslStreamAsync(NetworkStream tcp, TlsIdentity identity, CancellationToken cancellationToken)
    {
        TlsFailedException? failure = null;
        var ssl = new SslStream(tcp);
        try
        {
            await ssl.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = target.Host.Trim('[', ']'),
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    ApplicationProtocols = [SslApplicationProtocol.Http2],
                    ClientCertificateContext = identity.ForSslStream,
                    CertificateChainPolicy = (credentials.Trust as ClusterCaTrust)?.Policy(),
                    RemoteCertificateValidationCallback = (_, certificate, chain, _) =>
                    {
                        failure = certificate is X509Certificate2 leaf
                            ? new Observed(this).Judge([leaf, .. chain?.ChainPolicy.ExtraStore ?? []], target.Host)
                            : new TlsFailedException(TlsFailure.Protocol, "the server showed no certificate");
                        return failure is null;
                    },
                },
                cancellationToken);
            return ssl;
        }
        catch (AuthenticationException error)
        {
            throw failure ?? LateRefusalStream.Translate(error);
        }
        catch (IOException error) when (error is not TlsFailedException && error.InnerException is null)
        {
            throw new TlsFailedException(TlsFailure.Cut, "the peer closed the connection during the TLS handshake", error);
        }
    }

    /// <summary>Notes the fingerprint of whoever answered.</summary>
    private sealed class Observed(TlsDialer dialer) : IPeerTrust
    {
        public TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, string host)
        {
            Volatile.Write(ref dialer._fingerprint, SpkiFingerprint.Of(chain[0]));
            return dialer.Trust.Judge(chain, host);
        }
    }

    private IPeerTrust Trust => credentials.Trust;
}
