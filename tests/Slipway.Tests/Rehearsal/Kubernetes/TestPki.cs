using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Slipway.Tests.Rehearsal.Kubernetes;

/// <summary>A cluster CA, a server certificate for loopback and client certificates, all ECDSA as Talos makes them for Kubernetes.</summary>
internal sealed class TestPki : IDisposable
{
    private static readonly DateTimeOffset From = DateTimeOffset.UtcNow.AddHours(-1);
    private static readonly DateTimeOffset To = From.AddDays(2);

    public TestPki()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("O=kubernetes", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Ca = request.CreateSelfSigned(From, To);

        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddDnsName("localhost");
        Server = Issue("CN=kube-apiserver", "1.3.6.1.5.5.7.3.1", names.Build());
    }

    public X509Certificate2 Ca { get; }

    public X509Certificate2 Server { get; }

    public X509Certificate2 Client() => Issue("O=system:masters, CN=admin", "1.3.6.1.5.5.7.3.2", null);

    public string Kubeconfig(IPEndPoint server)
    {
        using var client = Client();
        using var key = client.GetECDsaPrivateKey()!;
        return $"""
            apiVersion: v1
            kind: Config
            current-context: rehearsal
            clusters:
              - name: rehearsal
                cluster: {"{"}server: "https://{server}", certificate-authority-data: {Base64(Ca.ExportCertificatePem())}{"}"}
            users:
              - name: admin
                user: {"{"}client-certificate-data: {Base64(client.ExportCertificatePem())}, client-key-data: {Base64(key.ExportPkcs8PrivateKeyPem())}{"}"}
            contexts:
              - name: rehearsal
                context: {"{"}cluster: rehearsal, user: admin, namespace: default{"}"}
            """;
    }

    public void Dispose()
    {
        Ca.Dispose();
        Server.Dispose();
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(text));

    private X509Certificate2 Issue(string subject, string usage, X509Extension? names)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        if (names is not null)
        {
            request.CertificateExtensions.Add(names);
        }

        using var certificate = request.Create(Ca, From, To.AddHours(-1), RandomNumberGenerator.GetBytes(8));
        using var withKey = certificate.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pfx), null);
    }
}
