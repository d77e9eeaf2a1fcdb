using System.Security.Cryptography.X509Certificates;

namespace Slipway.Talos.Tls;

/// <summary>
/// The server's side of mutual TLS as Talos' apid has it: the client's certificate must come from the CA, and its extended
/// key usage must be clientAuth and nothing besides (Talos: internal/app/apid/service.go, verifyExtKeyUsage).
/// </summary>
public sealed class ClientCertificateTrust : IPeerTrust
{
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private readonly X509Certificate2Collection _roots = [];
    private readonly TimeProvider _time;

    /// <param name="caPem">One or more certificates.</param>
    public ClientCertificateTrust(string caPem, TimeProvider time)
    {
        _roots.ImportFromPem(caPem);
        _time = time;
    }

    public TlsFailedException? Judge(IReadOnlyList<X509Certificate2> chain, string host)
    {
        var now = _time.GetUtcNow();
        if (CertificateChain.Judge(chain, CertificateChain.Policy(_roots, usage: null, now), now) is { } failure)
        {
            return failure;
        }

        var usages = chain[0].Extensions.OfType<X509EnhancedKeyUsageExtension>()
            .SelectMany(extension => extension.EnhancedKeyUsages.Cast<System.Security.Cryptography.Oid>())
            .Select(oid => oid.Value)
            .ToArray();
        return usages is [ClientAuth]
            ? null
            : new TlsFailedException(TlsFailure.WrongUsage, $"the client certificate's extended key usage is [{string.Join(", ", usages)}], not clientAuth alone");
    }
}
