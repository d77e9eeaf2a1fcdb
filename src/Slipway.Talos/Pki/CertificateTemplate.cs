using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Pki;

internal enum ExtendedUsage
{
    Server,
    Client,
}

/// <summary>What a certificate shall say; its key is made new.</summary>
internal sealed record CertificateTemplate
{
    public required X500DistinguishedName Subject { get; init; }

    public required KeyAlgorithm Algorithm { get; init; }

    public required DateTimeOffset NotBefore { get; init; }

    public required DateTimeOffset NotAfter { get; init; }

    public X509KeyUsageFlags KeyUsage { get; init; } = X509KeyUsageFlags.DigitalSignature;

    /// <summary>apid refuses a client whose list has anything beside clientAuth.</summary>
    public required IReadOnlyList<ExtendedUsage> ExtendedUsages { get; init; }

    public X509Extension? AlternativeNames { get; init; }
}
