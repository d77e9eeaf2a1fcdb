using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Pki;

public sealed class ClientIdentityTests
{
    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void A_minted_identity_chains_to_its_CA_and_says_its_roles(KeyAlgorithm caKind)
    {
        var ca = TestSecrets.Create(new ReleaseVersion(1, 13, 0), caKind).Os;
        var identity = ClientIdentity.Mint(ca, ["os:admin", "os:operator"], TimeSpan.FromHours(1), TestSecrets.Now);
        using var certificate = identity.ToX509();
        Assert.True(certificate.HasPrivateKey);
        Assert.Equal(["os:admin", "os:operator"], identity.Roles);
        Assert.True(Chains(certificate, ca));
        Assert.False(Chains(certificate, TestSecrets.Bundle.Etcd));
    }

    [Fact]
    public void Its_extended_usage_is_clientAuth_and_nothing_else()
    {
        using var certificate = ClientIdentity.Mint(TestSecrets.Bundle.Os, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now).ToX509();
        var extended = Assert.Single(certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>());
        Assert.Equal("1.3.6.1.5.5.7.3.2", Assert.Single(extended.EnhancedKeyUsages.OfType<System.Security.Cryptography.Oid>()).Value);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature, Assert.Single(certificate.Extensions.OfType<X509KeyUsageExtension>()).KeyUsages);
        Assert.Empty(certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>());
    }

    [Fact]
    public void It_holds_from_an_hour_ago_because_blank_machines_have_slow_clocks_but_never_from_before_its_CA()
    {
        var now = TestSecrets.Now;
        var identity = ClientIdentity.Mint(TestSecrets.Bundle.Os, ["os:reader"], TimeSpan.FromHours(2), now);
        Assert.InRange(identity.NotBefore, now.AddHours(-1).AddSeconds(-1), now.AddHours(-1).AddSeconds(1));
        Assert.InRange(identity.NotAfter, now.AddHours(2).AddSeconds(-1), now.AddHours(2).AddSeconds(1));

        var young = ServerCertificates.CreateNodeAuthority(now);
        using var youngCa = CertificatePem.Read(young.Certificate, "the CA");
        Assert.Equal(youngCa.NotBefore, ClientIdentity.Mint(young, ["os:reader"], TimeSpan.FromHours(2), now).NotBefore.LocalDateTime);
    }

    [Fact]
    public void The_Ed25519_form_is_talosctls_own_and_says_why_NET_cannot_use_it()
    {
        var identity = ClientIdentity.MintEd25519(TestSecrets.Bundle.Os, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now);
        Assert.StartsWith("-----BEGIN ED25519 PRIVATE KEY-----", identity.Pair.Key!.Reveal(), StringComparison.Ordinal);
        using var certificate = CertificatePem.Read(identity.Pair.Certificate, "the client");
        Assert.True(Chains(certificate, TestSecrets.Bundle.Os));
        Assert.Equal(FailureReason.NotSupported, Assert.Throws<SlipwayException>(identity.ToX509).Reason);
        Assert.Equal(identity.Roles, ClientIdentity.Load(identity.Pair, "the talosconfig").Roles);
    }

    [Fact]
    public void A_Kubernetes_administrator_is_admin_in_system_masters()
    {
        var identity = ClientIdentity.MintKubernetesAdmin(TestSecrets.Bundle.Kubernetes, TimeSpan.FromHours(1), TestSecrets.Now);
        using var certificate = identity.ToX509();
        Assert.Equal("O=system:masters, CN=admin", string.Join(", ", certificate.Subject.Split(", ").Order().Reverse()));
        Assert.True(Chains(certificate, TestSecrets.Bundle.Kubernetes));
    }

    [Fact]
    public void No_identity_outlives_its_CA()
    {
        var identity = ClientIdentity.Mint(TestSecrets.Bundle.Os, ["os:admin"], TimeSpan.FromDays(36500), TestSecrets.Now);
        using var ca = CertificatePem.Read(TestSecrets.Bundle.Os.Certificate, "the CA");
        Assert.Equal(ca.NotAfter, identity.NotAfter.LocalDateTime);
    }

    [Theory]
    [InlineData("PLACEHOLDER")]
    [InlineData("-----BEGIN ED25519 PRIVATE KEY-----\nAAAA\n-----END ED25519 PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n")]
    [InlineData("")]
    public void A_broken_CA_key_is_named_and_never_quoted(string key)
    {
        var broken = TestSecrets.Bundle.Os with { Key = new Sensitive(key) };
        var error = Assert.Throws<SlipwayException>(() => ClientIdentity.Mint(broken, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now));
        Assert.Equal(FailureReason.BadInput, error.Reason);
        Assert.Contains("the Talos CA", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_that_is_not_the_certificates_own_is_refused()
    {
        var mixed = TestSecrets.Bundle.Os with { Key = TestSecrets.Bundle.Etcd.Key };
        var error = Assert.Throws<SlipwayException>(() => ClientIdentity.Mint(mixed, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now));
        Assert.Contains("do not belong together", error.Message, StringComparison.Ordinal);
    }

    internal static bool Chains(X509Certificate2 leaf, PemPair ca)
    {
        using var root = CertificatePem.Read(ca.Certificate, "the CA");
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(root);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(leaf);
    }
}
