using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.Sec;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Asn1.X9;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;
using Slipway.Core.Failures;
using Slipway.Talos.Pki;

namespace Slipway.Talos.Tls;

/// <summary>Private keys in the form that BouncyCastle's TLS engine signs with.</summary>
internal static class BcKey
{
    /// <exception cref="SlipwayException">BadInput: an RSA key, which no Talos certificate has.</exception>
    internal static AsymmetricKeyParameter From(PrivateKey key, string what)
    {
        var (_, der) = PemText.Read(key.ToPem().Reveal())!.Value;
        return key.Algorithm switch
        {
            KeyAlgorithm.Ed25519 => PrivateKeyFactory.CreateKey(der),
            KeyAlgorithm.EcdsaP256 => Sec1(ECPrivateKeyStructure.GetInstance(der)),
            _ => throw new SlipwayException(FailureReason.BadInput, $"the private key of {what} is an RSA key")
            {
                Expected = "Ed25519 or ECDSA, which is all that Talos uses for its API",
            },
        };
    }

    private static AsymmetricKeyParameter Sec1(ECPrivateKeyStructure key) =>
        PrivateKeyFactory.CreateKey(new PrivateKeyInfo(new AlgorithmIdentifier(X9ObjectIdentifiers.IdECPublicKey, key.Parameters), key));
}
