using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;
using CertificateRequest = Org.BouncyCastle.Tls.CertificateRequest;

namespace Slipway.Talos.Tls;

/// <summary>The client's choices in a handshake: TLS 1.2 or 1.3, HTTP/2, our identity when asked for it.</summary>
internal sealed class BcClient(BcTlsCrypto crypto, BcTlsClientOptions options) : DefaultTlsClient(crypto), IBcPeer, TlsAuthentication
{
    public IReadOnlyList<X509Certificate2> PeerChain { get; private set; } = [];

    public string? Protocol { get; private set; }

    public override TlsAuthentication GetAuthentication() => this;

    public void NotifyServerCertificate(TlsServerCertificate serverCertificate)
    {
        if (serverCertificate.Certificate is not { IsEmpty: false } certificate)
        {
            throw new TlsFatalAlert(AlertDescription.bad_certificate);
        }

        PeerChain = BcCredentials.Read(certificate);
        if (options.Trust.Judge(PeerChain, options.Host) is { } failure)
        {
            throw BcAlerts.Refusal(failure);
        }
    }

    public TlsCredentials GetClientCredentials(CertificateRequest certificateRequest) => options.Identity is { } identity
        ? BcCredentials.Signer(m_context, crypto, identity)
        : throw BcAlerts.Refusal(new TlsFailedException(
            TlsFailure.CertificateDemanded, "the server asks for a client certificate, which a node in maintenance mode never does"));

    public override void NotifyHandshakeComplete()
    {
        base.NotifyHandshakeComplete();
        Protocol = m_context.SecurityParameters.ApplicationProtocol?.GetUtf8Decoding();
    }

    protected override ProtocolVersion[] GetSupportedVersions() => ProtocolVersion.TLSv13.DownTo(ProtocolVersion.TLSv12);

    protected override IList<ProtocolName> GetProtocolNames() => [ProtocolName.Http_2_Tls];

    // RFC 6066 section 3: an address is not a server name.
    protected override IList<ServerName>? GetSniServerNames() => IPAddress.TryParse(options.Host, out _)
        ? null
        : [new ServerName(NameType.host_name, Encoding.ASCII.GetBytes(options.Host))];
}
