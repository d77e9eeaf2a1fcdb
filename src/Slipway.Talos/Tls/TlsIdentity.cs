using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Talos.Pki;

namespace Slipway.Talos.Tls;

/// <summary>A certificate chain and the private key of its first certificate: who we are, as client or as server.</summary>
public sealed class TlsIdentity
{
    private readonly PemPair _pair;
    private readonly Lazy<SslStreamCertificateContext> _forSslStream;

    private TlsIdentity(PemPair pair, X509Certificate2Collection chain, AsymmetricKeyParameter key)
    {
        (_pair, Chain, Key) = (pair, chain, key);
        // Made once and shared by all connections: 500 of them would otherwise hold 500 copies of the key.
        _forSslStream = new(() => SslStreamCertificateContext.Create(WithDotNetKey(), additionalCertificates: null, offline: true));
    }

    /// <summary>The leaf first; without private keys.</summary>
    public X509Certificate2Collection Chain { get; }

    /// <summary>True for keys as talosctl makes them. .NET's own TLS cannot load those.</summary>
    public bool IsEd25519 => Key is Ed25519PrivateKeyParameters;

    internal AsymmetricKeyParameter Key { get; }

    /// <summary>Only for keys that .NET can load.</summary>
    internal SslStreamCertificateContext ForSslStream => _forSslStream.Value;

    /// <summary>Reads PEM text: one or more certificates, and a key under any label that Talos writes.</summary>
    /// <param name="what">Whose, for messages: <c>the talosconfig context 'prod'</c>.</param>
    /// <exception cref="SlipwayException">BadInput: unreadable, of another kind than Talos uses, or not belonging together.</exception>
    public static TlsIdentity FromPem(PemPair pair, string what)
    {
        // Loading judges that certificate and key are readable and belong together.
        _ = ClientIdentity.Load(pair, what);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pair.Certificate);
        using var key = PrivateKeyPem.Read(pair.Key!, what);
        return new TlsIdentity(pair, chain, BcKey.From(key, what));
    }

    /// <summary>For <see cref="System.Net.Security.SslStream"/>; only for keys that .NET can load. The caller disposes it.</summary>
    internal X509Certificate2 WithDotNetKey() => X509Certificate2.CreateFromPem(_pair.Certificate, _pair.Key!.Reveal());
}
