using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Tls;

/// <summary>
/// Trusts servers whose certificate comes from the cluster's Talos CA and names the host that was dialled, as Go's TLS
/// client does for talosctl. Names are subject alternative names only; a common name does not count.
/// </summary>
public sealed class ClusterCaTrust : IPeerTrust
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _roots = [];
    private readonly TimeProvider _time;

    /// <param name="caPem">One or more certificates.</param>
    public ClusterCaTrust(string caPem, TimeProvider time)
    {
        _roots.ImportFromPem(caPem);
        _time = time;
    }

    public TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, string host)
    {
        var now = _time.GetUtcNow();
        if (CertificateChain.Judge(chain, CertificateChain.Policy(_roots, ServerAuth, now), now) is { } failure)
        {
            return failure;
        }

        return chain[0].MatchesHostname(host.Trim('[', ']'), allowWildcards: true, allowCommonName: false)
            ? null
            : new TlsFailedException(TlsFailure.WrongName, $"the certificate is for {Names(chain[0])}, not for {host}");
    }

    /// <summary>For <see cref="System.Net.Security.SslStream"/>, which builds a chain of its own before it asks anyone.</summary>
    internal X509ChainPolicy Policy() => CertificateChain.Policy(_roots, ServerAuth, _time.GetUtcNow());

    private static string Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(san => san.EnumerateIPAddresses().Select(address => address.ToString()).Concat(san.EnumerateDnsNames()))
            .ToArray();
        return names.Length > 0 ? string.Join(", ", names) : "no name at all";
    }
}
