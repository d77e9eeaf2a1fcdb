using Org.BouncyCastle.Security;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Slipway.Talos.Tls;

public sealed partial class BcTlsStream
{
    /// <summary>Shakes hands as the client. On failure <paramref name="inner"/> is left to the caller to dispose.</summary>
    /// <exception cref="TlsFailedException">With the reason; the peer has been sent the alert that belongs to it.</exception>
    public static async Task<BcTlsStream> AuthenticateAsClientAsync(Stream inner, BcTlsClientOptions options, CancellationToken cancellationToken)
    {
        var engine = new TlsClientProtocol();
        var client = new BcClient(new BcTlsCrypto(new SecureRandom()), options);
        var stream = new BcTlsStream(inner, engine, client);
        await stream.HandshakeAsync(() => engine.Connect(client), cancellationToken);
        return stream;
    }

    /// <summary>Shakes hands as the server. On failure <paramref name="inner"/> is left to the caller to dispose.</summary>
    /// <exception cref="TlsFailedException">With the reason; the peer has been sent the alert that belongs to it.</exception>
    public static async Task<BcTlsStream> AuthenticateAsServerAsync(Stream inner, BcTlsServerOptions options, CancellationToken cancellationToken)
    {
        var engine = new TlsServerProtocol();
        var server = new BcServer(new BcTlsCrypto(new SecureRandom()), options);
        var stream = new BcTlsStream(inner, engine, server);
        await stream.HandshakeAsync(() => engine.Accept(server), cancellationToken);
        return stream;
    }

    private async Task HandshakeAsync(Action begin, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            begin();
        }

        await FlushEngineAsync(cancellationToken);
        while (IsHandshaking())
        {
            if (!await FeedEngineAsync(cancellationToken))
            {
                throw new TlsFailedException(TlsFailure.Cut, "the peer closed the connection during the TLS handshake");
            }
        }
    }

    private bool IsHandshaking()
    {
        lock (_gate)
        {
            return _engine.IsHandshaking;
        }
    }
}
