using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

internal sealed class EcdsaKey(ECDsa key) : PrivateKey
{
    /// <summary>SEC1, RFC 5915.</summary>
    public const string Label = "EC PRIVATE KEY";

    public override KeyAlgorithm Algorithm => KeyAlgorithm.EcdsaP256;

    public override PublicKey PublicKey { get; } = new(key);

    public override HashAlgorithmName Hash => HashAlgorithmName.SHA256;

    public override X509SignatureGenerator SignatureGenerator => X509SignatureGenerator.CreateForECDsa(key);

    public override Sensitive ToPem() => new(PemText.Write(Label, key.ExportECPrivateKey()));

    public override void Dispose() => key.Dispose();
}
