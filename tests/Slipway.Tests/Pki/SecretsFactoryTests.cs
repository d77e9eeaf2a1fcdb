using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Pki;

public sealed class SecretsFactoryTests
{
    private static readonly DateTimeOffset Birth = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Each_CA_has_the_algorithm_and_the_subject_that_talosctl_gives_it()
    {
        var bundle = TestSecrets.Bundle;
        Assert.Equal(("O=talos", "1.3.101.112"), Describe(bundle.Os));
        Assert.Equal(("O=etcd", "1.2.840.10045.2.1"), Describe(bundle.Etcd));
        Assert.Equal(("O=kubernetes", "1.2.840.10045.2.1"), Describe(bundle.Kubernetes));
        Assert.Equal(("", "1.2.840.10045.2.1"), Describe(bundle.KubernetesAggregator));
    }

    [Fact]
    public void A_CA_lives_ten_years_and_may_sign_and_speak_on_both_ends()
    {
        using var random = RandomNumberGenerator.Create();
        var bundle = SecretsFactory.Create(new ReleaseVersion(1, 13, 0), Birth, random, new SecretsOptions { ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
        using var ca = CertificatePem.Read(bundle.Os.Certificate, "the CA");
        Assert.Equal(Birth.UtcDateTime, ca.NotBefore.ToUniversalTime());
        Assert.Equal(Birth.AddHours(87600).UtcDateTime, ca.NotAfter.ToUniversalTime());
        var usage = Assert.Single(ca.Extensions.OfType<X509KeyUsageExtension>());
        Assert.True(usage.Critical);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, usage.KeyUsages);
        var extended = Assert.Single(ca.Extensions.OfType<X509EnhancedKeyUsageExtension>());
        Assert.Equal(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"], extended.EnhancedKeyUsages.OfType<Oid>().Select(oid => oid.Value));
        Assert.True(Assert.Single(ca.Extensions.OfType<X509BasicConstraintsExtension>()).CertificateAuthority);
        Assert.Equal(20, Assert.Single(ca.Extensions.OfType<X509SubjectKeyIdentifierExtension>()).SubjectKeyIdentifierBytes.Length);
    }

    [Fact]
    public void The_Talos_key_is_PKCS8_under_the_label_that_only_Talos_uses()
    {
        var (label, der) = PemText.Read(TestSecrets.Bundle.Os.Key!.Reveal())!.Value;
        Assert.Equal("ED25519 PRIVATE KEY", label);
        Assert.Equal(48, der.Length);
        Assert.Equal("302e020100300506032b657004220420", Convert.ToHexStringLower(der.AsSpan(0, 16)));
    }

    [Fact]
    public void The_service_account_key_is_RSA_4096_in_PKCS1_unless_asked_otherwise()
    {
        using var random = RandomNumberGenerator.Create();
        var pem = SecretsFactory.Create(new ReleaseVersion(1, 12, 0), Birth, random).KubernetesServiceAccountKey.Reveal();
        Assert.StartsWith("-----BEGIN RSA PRIVATE KEY-----", pem, StringComparison.Ordinal);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(pem);
        Assert.Equal(4096, rsa.KeySize);
    }

    [Fact]
    public void Tokens_and_secrets_have_the_shapes_that_Talos_checks()
    {
        var bundle = TestSecrets.Bundle;
        Assert.Matches("^[a-z0-9]{6}\\.[a-z0-9]{16}$", bundle.BootstrapToken.Reveal());
        Assert.Matches("^[a-z0-9]{6}\\.[a-z0-9]{16}$", bundle.TrustdToken.Reveal());
        Assert.NotEqual(bundle.BootstrapToken, bundle.TrustdToken);
        Assert.Equal(32, Convert.FromBase64String(bundle.ClusterSecret.Reveal()).Length);
        Assert.Equal(32, Convert.FromBase64String(bundle.SecretboxEncryptionSecret!.Reveal()).Length);
    }

    [Theory]
    [InlineData("1.13.5", "-_-_")]
    [InlineData("1.14.0-rc.1", "+/+/")]
    public void The_cluster_id_changes_its_alphabet_with_Talos_1_14(string talos, string start)
    {
        // 0xfbff.. is '+' and '/' in one alphabet, '-' and '_' in the other.
        using var random = new FixedRandom([0xfb, 0xff, 0xbf]);
        var bundle = SecretsFactory.Create(ReleaseVersion.Parse(talos), Birth, random, new SecretsOptions { ServiceAccountKey = KeyAlgorithm.EcdsaP256 });
        Assert.StartsWith(start[..1], bundle.ClusterId, StringComparison.Ordinal);
        Assert.DoesNotContain(start[..1] == "-" ? '+' : '-', bundle.ClusterId);
    }

    private static (string Subject, string Algorithm) Describe(PemPair pair)
    {
        using var certificate = CertificatePem.Read(pair.Certificate, "a CA");
        return (certificate.Subject, certificate.PublicKey.Oid.Value!);
    }

    /// <summary>Repeats its pattern, with a low byte now and then, since tokens throw high ones away.</summary>
    private sealed class FixedRandom(byte[] pattern) : RandomNumberGenerator
    {
        private int _at;

        public override void GetBytes(byte[] data) => GetBytes(data.AsSpan());

        public override void GetBytes(Span<byte> data)
        {
            for (var i = 0; i < data.Length; i++)
            {
                data[i] = pattern[_at++ % pattern.Length];
            }
        }
    }
}
