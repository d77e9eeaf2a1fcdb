using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace Slipway.Rehearsal.Kubernetes.Http;

/// <summary>Users by client certificate: CN is the name, each O a group (Kubernetes docs: "Authenticating", X509 client certificates).</summary>
internal sealed class ClientCertificates(X509Certificate2 ca)
{
    private static readonly ClaimsPrincipal Anonymous = new(new ClaimsIdentity());

    // A chain is built once a connection, which hands out the same certificate object for each of its requests.
    private readonly ConditionalWeakTable<X509Certificate2, ClaimsPrincipal> _known = [];

    public ClaimsPrincipal UserOf(HttpContext http) =>
        http.Connection.ClientCertificate is { } certificate ? _known.GetValue(certificate, Verify) : Anonymous;

    private ClaimsPrincipal Verify(X509Certificate2 certificate)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(ca);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        if (!chain.Build(certificate))
        {
            return Anonymous;
        }

        var names = certificate.SubjectName.EnumerateRelativeDistinguishedNames()
            .Where(name => !name.HasMultipleElements)
            .Select(name => (Oid: name.GetSingleElementType().Value, Value: name.GetSingleElementValue() ?? "")).ToList();
        var claims = names.Where(name => name.Oid == "2.5.4.3").Select(name => new Claim(ClaimTypes.Name, name.Value))
            .Concat(names.Where(name => name.Oid == "2.5.4.10").Select(name => new Claim(ClaimTypes.Role, name.Value)));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, "x509"));
    }
}
