using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

internal sealed class RsaKey(RSA key) : PrivateKey
{
    /// <summary>PKCS#1, RFC 8017.</summary>
    public const string Label = "RSA PRIVATE KEY";

    public override KeyAlgorithm Algorithm => KeyAlgorithm.Rsa4096;

    public override PublicKey PublicKey { get; } = new(key);

    public override HashAlgorithmName Hash => HashAlgorithmName.SHA256;

    public override X509SignatureGenerator SignatureGenerator => X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1);

    public override Sensitive ToPem() => new(PemText.Write(Label, key.ExportRSAPrivateKey()));

    public override void Dispose() => key.Dispose();
}
