using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Pki;

public sealed class ServerCertificateTests
{
    [Fact]
    public void It_follows_its_CA_and_names_addresses_and_hosts_for_a_day()
    {
        var now = TestSecrets.Now;
        var pair = ServerCertificates.Issue(TestSecrets.Bundle.Os, [IPAddress.Loopback, IPAddress.IPv6Loopback], ["cp-1"], now);
        Assert.StartsWith("-----BEGIN ED25519 PRIVATE KEY-----", pair.Key!.Reveal(), StringComparison.Ordinal);
        using var certificate = CertificatePem.Read(pair.Certificate, "the server");
        Assert.True(ClientIdentityTests.Chains(certificate, TestSecrets.Bundle.Os));
        Assert.True(certificate.MatchesHostname("127.0.0.1"));
        Assert.True(certificate.MatchesHostname("::1"));
        Assert.True(certificate.MatchesHostname("cp-1"));
        Assert.False(certificate.MatchesHostname("cp-2"));
        Assert.Equal(TimeSpan.FromHours(24), certificate.NotAfter - certificate.NotBefore);
    }

    [Fact]
    public void Its_kind_of_key_can_be_chosen()
    {
        var pair = ServerCertificates.Issue(TestSecrets.Bundle.Os, [IPAddress.Loopback], [], TestSecrets.Now, algorithm: KeyAlgorithm.EcdsaP256);
        using var certificate = X509Certificate2.CreateFromPem(pair.Certificate, pair.Key!.Reveal());
        Assert.NotNull(certificate.GetECDsaPrivateKey());
        Assert.True(ClientIdentityTests.Chains(certificate, TestSecrets.Bundle.Os));
    }

    [Fact]
    public void The_fingerprint_is_over_the_public_key_and_not_the_certificate()
    {
        using var ca = CertificatePem.Read(TestSecrets.Bundle.Etcd.Certificate, "the CA");
        using var key = ECDsa.Create();
        key.ImportFromPem(TestSecrets.Bundle.Etcd.Key!.Reveal());
        Assert.Equal(Convert.ToBase64String(SHA256.HashData(key.ExportSubjectPublicKeyInfo())), SpkiFingerprint.Of(ca));
        Assert.NotEqual(SpkiFingerprint.Of(ca), SpkiFingerprint.Of(CertificatePem.Read(TestSecrets.Create(new ReleaseVersion(1, 13, 0)).Etcd.Certificate, "another CA")));
    }
}
