using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>One private key: what it can sign with, and how Talos writes it down.</summary>
internal abstract class PrivateKey : IDisposable
{
    public abstract KeyAlgorithm Algorithm { get; }

    public abstract PublicKey PublicKey { get; }

    public abstract HashAlgorithmName Hash { get; }

    public abstract X509SignatureGenerator SignatureGenerator { get; }

    /// <summary>PEM under the label that Talos uses for this kind of key (siderolabs/crypto x509/constants.go).</summary>
    public abstract Sensitive ToPem();

    public static PrivateKey Generate(KeyAlgorithm algorithm) => algorithm switch
    {
        KeyAlgorithm.Ed25519 => Ed25519Key.Generate(),
        KeyAlgorithm.EcdsaP256 => new EcdsaKey(ECDsa.Create(ECCurve.NamedCurves.nistP256)),
        KeyAlgorithm.Rsa4096 => new RsaKey(RSA.Create(4096)),
        _ => throw new ArgumentOutOfRangeException(nameof(algorithm)),
    };

    public abstract void Dispose();
}
