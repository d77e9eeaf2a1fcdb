using System.Text;
using CsCheck;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Secrets;

public sealed class SecretsYamlTests
{
    /// <summary>The samples' stand-in for PEM, as base64.</summary>
    private const string Placeholder = "UExBQ0VIT0xERVI=";

    [Theory]
    [InlineData(1, 13)]
    [InlineData(1, 14)]
    public void What_is_written_reads_back_the_same(int major, int minor)
    {
        var bundle = TestSecrets.Create(new ReleaseVersion(major, minor, 0));
        var (read, findings) = SecretsYaml.Read("secrets.yaml", SecretsYaml.Write(bundle));
        Assert.Empty(findings);
        Assert.Equal(bundle, read);
    }

    [Fact]
    public void A_token_that_looks_like_a_number_stays_text()
    {
        var bundle = TestSecrets.Bundle with { TrustdToken = new Sensitive("123456.0123456789012345") };
        Assert.Contains("\"123456.0123456789012345\"", SecretsYaml.Write(bundle), StringComparison.Ordinal);
        Assert.Equal(bundle, SecretsYaml.Read("secrets.yaml", SecretsYaml.Write(bundle)).Bundle);
    }

    [Fact]
    public void The_older_encryption_secret_will_do_instead_of_the_newer()
    {
        var bundle = TestSecrets.Bundle with { AescbcEncryptionSecret = TestSecrets.Bundle.SecretboxEncryptionSecret, SecretboxEncryptionSecret = null };
        Assert.Equal(bundle, SecretsYaml.Read("secrets.yaml", SecretsYaml.Write(bundle)).Bundle);
    }

    [Fact]
    public void Talos_own_file_is_read_once_its_placeholders_hold_something()
    {
        var pem = Encoding.UTF8.GetBytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        var key = Encoding.UTF8.GetBytes("-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
        var text = TalosVectors.Read("stability", "secrets.yaml")
            .Replace($"crt: {Placeholder}", $"crt: {Convert.ToBase64String(pem)}", StringComparison.Ordinal)
            .Replace($"key: {Placeholder}", $"key: {Convert.ToBase64String(key)}", StringComparison.Ordinal);
        var (bundle, findings) = SecretsYaml.Read("secrets.yaml", text);
        Assert.Empty(findings);
        Assert.Equal("0raF93qnkMvF-FZNuvyGozXNdLiT2FOWSlyBaW4PR-w=", bundle!.ClusterId);
        Assert.Equal("d8cwfa.eyvpi0xwxyarbfid", bundle.TrustdToken.Reveal());
        Assert.Equal(Encoding.UTF8.GetString(key), bundle.KubernetesServiceAccountKey.Reveal());
    }

    [Fact]
    public void A_file_with_placeholders_is_refused_with_each_of_their_places()
    {
        var (bundle, findings) = SecretsYaml.Read("secrets.yaml", TalosVectors.Read("stability", "secrets.yaml"));
        Assert.Null(bundle);
        Assert.Equal(9, findings.Count);
        Assert.All(findings, finding => Assert.True(finding.Line > 0 && finding.Column > 0));
        Assert.Contains(findings, finding => finding.Path == "certs.os.key" && finding.Expected!.Contains("PRIVATE KEY", StringComparison.Ordinal));
    }

    [Fact]
    public void Everything_that_is_missing_is_told_at_once()
    {
        var (bundle, findings) = SecretsYaml.Read("secrets.yaml", "cluster: {id: x}\nsecrets: {}\n");
        Assert.Null(bundle);
        // id is wrong; secret, two tokens, the encryption secret and nine parts of certificates are not there.
        Assert.Equal(14, findings.Count);
        Assert.Equal((1, 15), (findings[0].Line, findings[0].Column));
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("a: 1\n---\nb: 2\n")]
    [InlineData("cluster: {id: [a, b]}\n")]
    [InlineData("cluster: *secretanchor\n")]
    [InlineData("cluster: {id: hunter2secret, id: hunter2secret}\n")]
    [InlineData("hunter2secret.abc: 1\ncluster: {id: hunter2secret}\nsecrets: {bootstraptoken: hunter2secret, extra: hunter2secret}\n")]
    [InlineData("cluster: [unclosed\nhunter2secret: 'x")]
    [InlineData("certs: {os: {crt: aHVudGVyMnNlY3JldA==, key: hunter2secret}}")]
    public void A_broken_file_gives_findings_that_quote_nothing_secret(string text)
    {
        var (bundle, findings) = SecretsYaml.Read("secrets.yaml", text);
        Assert.Null(bundle);
        Assert.NotEmpty(findings);
        Assert.DoesNotContain(findings, finding => finding.ToString().Contains("hunter2", StringComparison.Ordinal) || finding.ToString().Contains("secretanchor", StringComparison.Ordinal));
    }

    [Fact]
    public void No_damage_to_the_file_makes_the_reader_fall_or_leak()
    {
        var text = SecretsYaml.Write(TestSecrets.Bundle);
        var secrets = new[] { TestSecrets.Bundle.TrustdToken, TestSecrets.Bundle.ClusterSecret, TestSecrets.Bundle.BootstrapToken };
        Gen.Select(Gen.Int[0, text.Length - 1], Gen.Int[1, 40], Gen.Int[0, 7].Select(i => new[] { "", "\n", "{", "'", ": ", "\t", "- ", "\0" }[i])).Sample(
            (at, length, instead) =>
            {
                var damaged = text[..at] + instead + text[Math.Min(text.Length, at + length)..];
                var (bundle, findings) = SecretsYaml.Read("secrets.yaml", damaged);
                var told = string.Join('\n', findings);
                return (bundle is null) == (findings.Count > 0) && !secrets.Any(secret => told.Contains(secret.Reveal(), StringComparison.Ordinal));
            },
            iter: 400);
    }
}
