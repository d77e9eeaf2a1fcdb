using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using Slipway.Core.Secrets;
using Slipway.Talos.Pki;

namespace Slipway.Tests.Pki;

/// <summary>A second opinion, by another implementation.</summary>
public sealed class OpenSslTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-pki-").FullName;

    [Fact]
    public void Openssl_accepts_what_was_minted_for_the_purpose_it_was_minted_for()
    {
        var ca = TestSecrets.Bundle.Os;
        var ecdsa = ClientIdentity.Mint(ca, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now).Pair;
        var ed25519 = ClientIdentity.MintEd25519(ca, ["os:admin"], TimeSpan.FromHours(1), TestSecrets.Now).Pair;
        var server = ServerCertificates.Issue(ca, [IPAddress.Loopback], ["cp-1"], TestSecrets.Now);
        var trusted = File("ca.crt", ca.Certificate);
        foreach (var (pair, purpose, other) in new[] { (ecdsa, "sslclient", "sslserver"), (ed25519, "sslclient", "sslserver"), (server, "sslserver", "sslclient") })
        {
            var leaf = File("leaf.crt", pair.Certificate);
            Assert.Equal(0, OpenSsl("verify", "-x509_strict", "-CAfile", trusted, "-purpose", purpose, leaf));
            Assert.NotEqual(0, OpenSsl("verify", "-CAfile", trusted, "-purpose", other, leaf));
        }
    }

    [Fact]
    public void Openssl_reads_every_key_once_the_odd_label_is_gone()
    {
        foreach (var pair in new[] { TestSecrets.Bundle.Os, TestSecrets.Bundle.Etcd, TestSecrets.Bundle.Kubernetes, TestSecrets.Bundle.KubernetesAggregator })
        {
            Assert.Equal(0, OpenSsl("pkey", "-noout", "-check", "-in", File("ca.key", Relabelled(pair.Key!))));
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string Relabelled(Sensitive key) => key.Reveal().Replace("ED25519 PRIVATE KEY", "PRIVATE KEY", StringComparison.Ordinal);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private static int OpenSsl(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("openssl", arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            Assert.Skip("there is no openssl program on this machine");
            return -1;
        }
    }
}
