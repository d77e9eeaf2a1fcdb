using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Tls;
using Org.BouncyCastle.Tls.Crypto;
using Org.BouncyCastle.Tls.Crypto.Impl.BC;

namespace Slipway.Talos.Tls;

/// <summary>Between our certificates and BouncyCastle's.</summary>
internal static class BcCredentials
{
    internal static TlsCredentialedSigner Signer(TlsContext context, BcTlsCrypto crypto, TlsIdentity identity)
    {
        var list = identity.Chain.Select(certificate => (TlsCertificate)new BcTlsCertificate(crypto, certificate.RawData)).ToArray();
        var certificate = TlsUtilities.IsTlsV13(context)
            // TLS 1.3 wants a (here empty) request context and room for extensions on each certificate.
            ? new Certificate(TlsUtilities.EmptyBytes, [.. list.Select(one => new CertificateEntry(one, null))])
            : new Certificate(list);
        return new BcDefaultTlsCredentialedSigner(new TlsCryptoParameters(context), crypto, identity.Key, certificate, Algorithm(identity));
    }

    internal static List<X509Certificate2> Read(Certificate certificate) =>
        [.. certificate.GetCertificateList().Select(one => X509CertificateLoader.LoadCertificate(one.GetEncoded()))];

    private static SignatureAndHashAlgorithm Algorithm(TlsIdentity identity) => identity.Key switch
    {
        ECPrivateKeyParameters { Parameters.N.BitLength: > 384 } => new SignatureAndHashAlgorithm(HashAlgorithm.sha512, SignatureAlgorithm.ecdsa),
        ECPrivateKeyParameters { Parameters.N.BitLength: > 256 } => new SignatureAndHashAlgorithm(HashAlgorithm.sha384, SignatureAlgorithm.ecdsa),
        ECPrivateKeyParameters => new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa),
        _ => SignatureAndHashAlgorithm.GetInstance(HashAlgorithm.Intrinsic, SignatureAlgorithm.ed25519),
    };
}
