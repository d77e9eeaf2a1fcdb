using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Tls;

/// <summary>Chain building against given roots only: the machine's own trust store never has a say about Talos nodes.</summary>
internal static class CertificateChain
{
    private const X509ChainStatusFlags Foreign =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid | X509ChainStatusFlags.Cyclic;

    internal static X509ChainPolicy Policy(X509Certificate2Collection roots, string? usage, DateTimeOffset now)
    {
        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            // Never follow a URL that an unknown peer wrote into its certificate.
            DisableCertificateDownloads = true,
            VerificationTime = now.UtcDateTime,
        };
        policy.CustomTrustStore.AddRange(roots);
        if (usage is not null)
        {
            policy.ApplicationPolicy.Add(new Oid(usage));
        }

        return policy;
    }

    internal static TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, X509ChainPolicy policy, DateTimeOffset now)
    {
        var leaf = chain[0];
        foreach (var extra in chain.Skip(1))
        {
            policy.ExtraStore.Add(extra);
        }

        using var builder = new X509Chain { ChainPolicy = policy };
        if (builder.Build(leaf))
        {
            return null;
        }

        var status = builder.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        var told = string.Join(", ", builder.ChainStatus.Select(one => one.Status.ToString()).Distinct());
        return status switch
        {
            _ when (status & Foreign) != 0 => new TlsFailedException(
                TlsFailure.NotOurCa, $"the certificate ({Describe(leaf)}) is not signed by the expected CA ({told})"),
            _ when status.HasFlag(X509ChainStatusFlags.NotTimeValid) => new TlsFailedException(
                TlsFailure.OutsideValidity,
                $"the certificate is valid from {leaf.NotBefore.ToUniversalTime():u} to {leaf.NotAfter.ToUniversalTime():u}, and here it is {now.UtcDateTime:u}"),
            _ => new TlsFailedException(TlsFailure.WrongUsage, $"the certificate ({Describe(leaf)}) cannot be used here ({told})"),
        };
    }

    private static string Describe(X509Certificate2 certificate) =>
        $"subject '{certificate.Subject}', issuer '{certificate.Issuer}'";
}
