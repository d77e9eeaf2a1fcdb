using System.Security.Cryptography.X509Certificates;
using Slipway.Talos.Pki;

namespace Slipway.Talos.Tls;

/// <summary>
/// Trusts a node in maintenance mode: its certificate is its own, so either the key has the fingerprint that the console
/// shows, or the first answer is believed.
/// </summary>
/// <param name="fingerprint">Base64 of SHA-256 over the SubjectPublicKeyInfo, or null to believe.</param>
public sealed class MaintenanceTrust(string? fingerprint) : IPeerTrust
{
    public TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, string host)
    {
        if (fingerprint is null)
        {
            return null;
        }

        var found = SpkiFingerprint.Of(chain[0]);
        return string.Equals(found, fingerprint, StringComparison.Ordinal)
            ? null
            : new TlsFailedException(TlsFailure.WrongFingerprint, $"the certificate's fingerprint is {found}, not {fingerprint}");
    }
}
