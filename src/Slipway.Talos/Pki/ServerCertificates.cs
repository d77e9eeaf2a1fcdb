using System.Net;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

/// <summary>Certificates of servers: apid, the Kubernetes API.</summary>
public static class ServerCertificates
{
    /// <summary>How long Talos lets apid's certificate live (internal/app/machined/pkg/controllers/secrets/api.go).</summary>
    public static TimeSpan DefaultLifetime { get; } = TimeSpan.FromHours(24);

    /// <summary>A server certificate with a new key, signed by <paramref name="ca"/>.</summary>
    /// <param name="organization">Of the subject; null leaves it empty.</param>
    /// <param name="algorithm">Null follows the CA, as Talos does.</param>
    /// <exception cref="Core.Failures.SlipwayException">The CA cannot be read.</exception>
    public static PemPair Issue(
        PemPair ca,
        IReadOnlyList<IPAddress> addresses,
        IReadOnlyList<string> dnsNames,
        DateTimeOffset now,
        TimeSpan? lifetime = null,
        KeyAlgorithm? algorithm = null,
        string? organization = null)
    {
        using var authority = CertificateAuthority.Load(ca, "the server's CA");
        return authority.Issue(new CertificateTemplate
        {
            Subject = DistinguishedNames.Create(organization is null ? [] : [organization]),
            Algorithm = algorithm ?? authority.Algorithm,
            NotBefore = now,
            NotAfter = now + (lifetime ?? DefaultLifetime),
            KeyUsage = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment,
            ExtendedUsages = [ExtendedUsage.Server],
            AlternativeNames = AlternativeNames(addresses, dnsNames, critical: organization is null),
        });
    }

    /// <summary>A CA that lives on one machine only: what a node in maintenance mode signs its certificate with.</summary>
    public static PemPair CreateNodeAuthority(DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Create("talos", KeyAlgorithm.Ed25519, now);
        return authority.Pair;
    }

    private static X509Extension? AlternativeNames(IReadOnlyList<IPAddress> addresses, IReadOnlyList<string> dnsNames, bool critical)
    {
        if (addresses.Count + dnsNames.Count == 0)
        {
            return null;
        }

        var names = new SubjectAlternativeNameBuilder();
        foreach (var address in addresses)
        {
            names.AddIpAddress(address);
        }

        foreach (var name in dnsNames)
        {
            names.AddDnsName(name);
        }

        // With an empty subject the names are all there is (RFC 5280, 4.1.2.6); strict verifiers insist.
        return names.Build(critical);
    }
}
