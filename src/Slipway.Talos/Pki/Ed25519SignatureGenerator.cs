using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Crypto.Signers;

namespace Slipway.Talos.Pki;

/// <summary>Lets .NET's certificate builder sign with Ed25519, which it cannot do by itself.</summary>
internal sealed class Ed25519SignatureGenerator(Ed25519PrivateKeyParameters key, PublicKey publicKey) : X509SignatureGenerator
{
    public override byte[] GetSignatureAlgorithmIdentifier(HashAlgorithmName hashAlgorithm) => [.. AlgorithmIdentifier];

    public override byte[] SignData(byte[] data, HashAlgorithmName hashAlgorithm)
    {
        var signer = new Ed25519Signer();
        signer.Init(forSigning: true, key);
        signer.BlockUpdate(data, 0, data.Length);
        return signer.GenerateSignature();
    }

    protected override PublicKey BuildPublicKey() => publicKey;

    /// <summary>SEQUENCE { 1.3.101.112 }, without parameters (RFC 8410 section 3).</summary>
    private static ReadOnlySpan<byte> AlgorithmIdentifier => [0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70];
}
