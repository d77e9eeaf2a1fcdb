using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.X509;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>
/// Ed25519 as RFC 8032 and RFC 8410 have it. Talos writes the private key as ordinary PKCS#8 under a label of its own, by
/// which no library knows it.
/// </summary>
internal sealed class Ed25519Key(Ed25519PrivateKeyParameters key) : PrivateKey
{
    public const string Label = "ED25519 PRIVATE KEY";

    public const string ObjectIdentifier = "1.3.101.112";

    public override KeyAlgorithm Algorithm => KeyAlgorithm.Ed25519;

    public override PublicKey PublicKey { get; } = PublicKey.CreateFromSubjectPublicKeyInfo(
        SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(key.GeneratePublicKey()).GetDerEncoded(), out _);

    // Ed25519 hashes by itself; the builder only insists on being given a name.
    public override HashAlgorithmName Hash => HashAlgorithmName.SHA512;

    public override X509SignatureGenerator SignatureGenerator => new Ed25519SignatureGenerator(key, PublicKey);

    public override Sensitive ToPem()
    {
        // Version 0 without the public key: the 48 bytes that Go's crypto/x509 writes.
        var der = new byte[16 + Ed25519PrivateKeyParameters.KeySize];
        Prefix.CopyTo(der);
        key.Encode(der, 16);
        var pem = new Sensitive(PemText.Write(Label, der));
        CryptographicOperations.ZeroMemory(der);
        return pem;
    }

    public static Ed25519Key Generate() => new(new Ed25519PrivateKeyParameters(RandomNumberGenerator.GetBytes(Ed25519PrivateKeyParameters.KeySize), 0));

    /// <summary>Null when the PKCS#8 holds another kind of key.</summary>
    public static Ed25519Key? FromPkcs8(byte[] der)
    {
        var info = PrivateKeyInfoFactory.CreatePrivateKeyInfo(Org.BouncyCastle.Security.PrivateKeyFactory.CreateKey(der));
        return Org.BouncyCastle.Security.PrivateKeyFactory.CreateKey(info) is Ed25519PrivateKeyParameters found ? new Ed25519Key(found) : null;
    }

    public override void Dispose()
    {
        // BouncyCastle keeps the seed to itself and offers no way to wipe it.
    }

    private static ReadOnlySpan<byte> Prefix =>
        [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];
}
