using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>
/// A certificate authority of a cluster: makes itself, and certificates for others, the way Talos does
/// (siderolabs/crypto x509/x509.go; Talos pkg/machinery/config/generate/secrets/ca.go).
/// </summary>
internal sealed class CertificateAuthority : IDisposable
{
    private readonly PrivateKey _key;

    private CertificateAuthority(X509Certificate2 certificate, PrivateKey key)
    {
        Certificate = certificate;
        _key = key;
    }

    /// <summary>How long talosctl lets a CA live: 10 years of 365 days.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(87600);

    public X509Certificate2 Certificate { get; }

    public KeyAlgorithm Algorithm => _key.Algorithm;

    public PemPair Pair => new(PemText.Write(PemText.CertificateLabel, Certificate.RawData), _key.ToPem());

    /// <param name="organization">Null leaves the subject empty, as Talos does for the aggregator CA.</param>
    public static CertificateAuthority Create(string? organization, KeyAlgorithm algorithm, DateTimeOffset now)
    {
        var key = PrivateKey.Generate(algorithm);
        var subject = DistinguishedNames.Create(organization is null ? [] : [organization]);
        var request = new CertificateRequest(subject, key.PublicKey, key.Hash);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(ExtendedUsages(ExtendedUsage.Server, ExtendedUsage.Client));
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForCertificateAuthority());
        // Random and not a hash of the key, so that a CA renewed on the same key is not taken for the old one.
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(RandomNumberGenerator.GetBytes(20), critical: false));
        return new CertificateAuthority(request.Create(subject, key.SignatureGenerator, now, now + Lifetime, SerialNumber()), key);
    }

    /// <param name="pair">Certificate and key.</param>
    /// <param name="what">Whose, for messages: <c>the Talos CA</c>.</param>
    /// <exception cref="SlipwayException">Certificate or key is missing, unreadable, or they do not belong together.</exception>
    public static CertificateAuthority Load(PemPair pair, string what)
    {
        var key = PrivateKeyPem.Read(pair.Key ?? throw Failure($"the private key of {what} is not at hand", "a worker's config has only the certificate: use the secrets bundle or a control plane's config"), what);
        var certificate = CertificatePem.Read(pair.Certificate, what);
        return certificate.PublicKey.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(key.PublicKey.ExportSubjectPublicKeyInfo())
            ? new CertificateAuthority(certificate, key)
            : throw Failure($"certificate and private key of {what} do not belong together", "were two secrets.yaml mixed?");
    }

    public PemPair Issue(CertificateTemplate template)
    {
        using var key = PrivateKey.Generate(template.Algorithm);
        var request = new CertificateRequest(template.Subject, key.PublicKey, key.Hash);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(template.KeyUsage, critical: true));
        request.CertificateExtensions.Add(ExtendedUsages([.. template.ExtendedUsages]));
        request.CertificateExtensions.Add(X509BasicConstraintsExtension.CreateForEndEntity(critical: true));
        if (Certificate.Extensions.OfType<X509SubjectKeyIdentifierExtension>().FirstOrDefault() is { } identifier)
        {
            request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(identifier));
        }

        if (template.AlternativeNames is { } names)
        {
            request.CertificateExtensions.Add(names);
        }

        // A leaf that outlives its CA would promise what nobody keeps.
        var notAfter = template.NotAfter < Certificate.NotAfter ? template.NotAfter : Certificate.NotAfter;
        using var certificate = request.Create(Certificate.SubjectName, _key.SignatureGenerator, template.NotBefore, notAfter, SerialNumber());
        return new PemPair(PemText.Write(PemText.CertificateLabel, certificate.RawData), key.ToPem());
    }

    public void Dispose()
    {
        Certificate.Dispose();
        _key.Dispose();
    }

    private static X509EnhancedKeyUsageExtension ExtendedUsages(params ExtendedUsage[] usages)
    {
        var oids = new OidCollection();
        foreach (var usage in usages)
        {
            oids.Add(new Oid(usage == ExtendedUsage.Server ? "1.3.6.1.5.5.7.3.1" : "1.3.6.1.5.5.7.3.2"));
        }

        return new X509EnhancedKeyUsageExtension(oids, critical: false);
    }

    private static byte[] SerialNumber()
    {
        // Positive and without a leading zero octet: 1 to 127 first (RFC 5280, 4.1.2.2).
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = (byte)((serial[0] & 0x7f) | 0x01);
        return serial;
    }

    private static SlipwayException Failure(string message, string hint) => new(FailureReason.BadInput, message) { Hint = hint };
}
