using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Core.Secrets;
using Slipway.Talos.Pki;
using Slipway.Talos.Tls;

namespace Slipway.Tests.Talos;

/// <summary>One Talos CA and what it has signed, at a clock that stands still.</summary>
internal sealed class TestPki
{
    public static FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 1, 12, 0, 0, TimeSpan.Zero));

    /// <summary>Shared, since making keys is the slow part.</summary>
    public static TestPki Cluster { get; } = new();

    public static TestPki Stranger { get; } = new();

    public static DateTimeOffset Now => Time.GetUtcNow();

    public PemPair Ca { get; } = ServerCertificates.CreateNodeAuthority(Now.AddDays(-1));

    public TlsIdentity Server() => TlsIdentity.FromPem(ServerPair(), "the test server");

    public TlsIdentity Server(DateTimeOffset notBefore) =>
        TlsIdentity.FromPem(ServerCertificates.Issue(Ca, [IPAddress.Loopback], ["node-1"], notBefore), "the test server");

    public TlsIdentity EcdsaServer() => TlsIdentity.FromPem(
        ServerCertificates.Issue(Ca, [IPAddress.Loopback], ["node-1"], Now, algorithm: KeyAlgorithm.EcdsaP256), "the test server");

    public PemPair ServerPair() => ServerCertificates.Issue(Ca, [IPAddress.Loopback], ["node-1"], Now);

    public PemPair Ed25519Client(params string[] roles) => ClientIdentity.MintEd25519(Ca, roles, TimeSpan.FromDays(365), Now).Pair;

    public PemPair EcdsaClient(params string[] roles) => ClientIdentity.Mint(Ca, roles, TimeSpan.FromDays(365), Now).Pair;

    public ClusterCaTrust Trust() => new(Ca.Certificate, Time);

    public ClientCertificateTrust ClientTrust() => new(Ca.Certificate, Time);

    /// <summary>A client certificate that is also good for servers, which apid does not accept.</summary>
    public PemPair ClientForEverything()
    {
        using var authority = CertificateAuthority.Load(Ca, "the test CA");
        return authority.Issue(new CertificateTemplate
        {
            Subject = DistinguishedNames.Create(["os:admin"]),
            Algorithm = KeyAlgorithm.Ed25519,
            NotBefore = Now,
            NotAfter = Now.AddDays(1),
            ExtendedUsages = [ExtendedUsage.Client, ExtendedUsage.Server],
        });
    }
}
