using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using CertificateRequest = Org.BouncyCastle.Tls.CertificateRequest;

namespace Slipway.Talos.Tls;

/// <summary>The server's choices in a handshake: TLS 1.2 or 1.3, HTTP/2, a client certificate where one is demanded.</summary>
internal sealed class BcServer(BcTlsCrypto crypto, BcTlsServerOptions options) : DefaultTlsServer(crypto), IBcPeer
{
    public IReadOnlyList<X509Certificate2> PeerChain { get; private set; } = [];

    public string? Protocol { get; private set; }

    public override TlsCredentials GetCredentials() => BcCredentials.Signer(m_context, crypto, options.Identity);

    public override CertificateRequest? GetCertificateRequest()
    {
        if (options.ClientTrust is null)
        {
            return null;
        }

        var algorithms = TlsUtilities.GetDefaultSupportedSignatureAlgorithms(m_context);
        return TlsUtilities.IsTlsV13(m_context)
            ? new CertificateRequest(TlsUtilities.EmptyBytes, algorithms, null, null)
            : new CertificateRequest([ClientCertificateType.ecdsa_sign, ClientCertificateType.rsa_sign], algorithms, null);
    }

    public override void NotifyClientCertificate(Certificate clientCertificate)
    {
        if (clientCertificate is not { IsEmpty: false })
        {
            throw TlsUtilities.IsTlsV13(m_context)
                ? BcAlerts.Refusal(new TlsFailedException(TlsFailure.CertificateDemanded, "the client showed no certificate"))
                : new TlsFatalAlert(AlertDescription.bad_certificate);
        }

        var chain = BcCredentials.Read(clientCertificate);
        if (options.ClientTrust!.Judge(chain, host: "") is { } failure)
        {
            throw BcAlerts.Refusal(failure);
        }

        PeerChain = chain;
    }

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        Protocol = m_context.SecurityParameters.ApplicationProtocol?.GetUtf8Decoding();
    }

    // In TLS 1.2 the suite names the kind of certificate, and both ECDSA and Ed25519 go by ECDSA (RFC 8422).
    protected override int[] GetSupportedCipherSuites() => TlsUtilities.GetSupportedCipherSuites(
        Crypto,
        [
            CipherSuite.TLS_AES_128_GCM_SHA256,
            CipherSuite.TLS_AES_256_GCM_SHA384,
            CipherSuite.TLS_CHACHA20_POLY1305_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256,
        ]);

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.DownTo(ProtocolVersion.TLSv12);

    protected override IList<ProtocolName> GetProtocolNames() => [ProtocolName.Http_2_Tls];
}
