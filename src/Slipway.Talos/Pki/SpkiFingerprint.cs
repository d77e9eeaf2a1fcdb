using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Pki;

/// <summary>
/// By this a node in maintenance mode can be known before it has a certificate from our CA: base64 of SHA-256 over the
/// SubjectPublicKeyInfo, as its console shows it and <c>talosctl --cert-fingerprint</c> takes it (siderolabs/crypto
/// x509/fingerprint.go). Compared by value; the key, and so the fingerprint, is new at each maintenance boot.
/// </summary>
public static class SpkiFingerprint
{
    public static string Of(X509Certificate2 certificate) => Of(certificate.PublicKey.ExportSubjectPublicKeyInfo());

    public static string Of(ReadOnlySpan<byte> subjectPublicKeyInfo) => Convert.ToBase64String(SHA256.HashData(subjectPublicKeyInfo));
}
