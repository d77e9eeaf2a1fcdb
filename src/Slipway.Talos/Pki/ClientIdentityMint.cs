using Slipway.Core.Secrets;

namespace Slipway.Talos.Pki;

internal static class ClientIdentityMint
{
    /// <summary>A blank machine's clock may run behind ours; without slack it would take a fresh certificate for a future one.</summary>
    internal static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);

    public static ClientIdentity Issue(
        PemPair ca, string what, IReadOnlyList<string> organizations, string? commonName, KeyAlgorithm algorithm, TimeSpan lifetime, DateTimeOffset now)
    {
        using var authority = CertificateAuthority.Load(ca, what);
        var caStart = new DateTimeOffset(authority.Certificate.NotBefore);
        var pair = authority.Issue(new CertificateTemplate
        {
            Subject = DistinguishedNames.Create(organizations, commonName),
            Algorithm = algorithm,
            NotBefore = now - ClockSlack > caStart ? now - ClockSlack : caStart,
            NotAfter = now + lifetime,
            ExtendedUsages = [ExtendedUsage.Client],
        });
        return Describe(pair, algorithm, what);
    }

    public static ClientIdentity Load(PemPair pair, string what)
    {
        using var authority = CertificateAuthority.Load(pair, what);
        return Describe(pair, authority.Algorithm, what);
    }

    private static ClientIdentity Describe(PemPair pair, KeyAlgorithm algorithm, string what)
    {
        using var certificate = CertificatePem.Read(pair.Certificate, what);
        return new ClientIdentity
        {
            Pair = pair,
            Algorithm = algorithm,
            Roles = DistinguishedNames.OrganizationsOf(certificate.SubjectName),
            NotBefore = certificate.NotBefore,
            NotAfter = certificate.NotAfter,
        };
    }
}
