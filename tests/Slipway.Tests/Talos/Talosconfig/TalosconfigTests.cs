using System.Text;
using CsCheck;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Talos.Talosconfig;
using Slipway.Talos.Tls;

namespace Slipway.Tests.Talos.Talosconfig;

public sealed class TalosconfigTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("slipway-talosconfig-").FullName;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_file_as_talosctl_writes_it_is_read_with_its_ed25519_key()
    {
        var client = TestPki.Cluster.Ed25519Client("os:admin");
        var text = $"""
            context: prod
            contexts:
                prod:
                    endpoints:
                        - 10.0.0.11
                        - 10.0.0.12
                    nodes: [10.0.0.21]
                    ca: {Base64(TestPki.Cluster.Ca.Certificate)}
                    crt: {Base64(client.Certificate)}
                    key: {Base64(client.Key!.Reveal())}
                old:
                    target: 10.9.0.1
                    auth:
                        siderov1:
                            identity: me@example.org
                    cluster: omni
            """;

        var config = TalosconfigText.Parse("config", text);

        var prod = config.Find("prod")!;
        Assert.Equal("prod", config.Context);
        Assert.Equal(["10.0.0.11", "10.0.0.12"], prod.Endpoints);
        Assert.Equal(["10.0.0.21"], prod.Nodes);
        Assert.Equal(TestPki.Cluster.Ca.Certificate, prod.Ca);
        Assert.StartsWith("-----BEGIN ED25519 PRIVATE KEY-----", prod.Client!.Key!.Reveal(), StringComparison.Ordinal);
        Assert.True(TlsIdentity.FromPem(prod.Client, "prod").IsEd25519);
        Assert.Equal(["10.9.0.1"], config.Find("old")!.Endpoints);
        Assert.Equal("me@example.org", config.Find("old")!.SideroIdentity);
    }

    [Fact]
    public void Every_mistake_is_told_with_its_line_and_no_key_is_quoted()
    {
        var secret = Base64("not a key but secret");
        var text = $"context: nowhere\ncontexts:\n  a:\n    endpoints: 10.0.0.1\n    key: {secret}\n  b: 7\n";

        var error = Assert.Throws<BadInputException>(() => TalosconfigText.Parse("my/config", text));

        Assert.Equal([(4, "contexts.a.endpoints"), (5, "contexts.a.key"), (6, "contexts.b"), (1, "context")], error.Diagnostics
            .OrderBy(finding => finding.Line == 1)
            .ThenBy(finding => finding.Line)
            .Select(finding => (finding.Line, finding.Path)));
        Assert.All(error.Diagnostics, finding => Assert.StartsWith("my/config:", finding.ToString(), StringComparison.Ordinal));
        Assert.DoesNotContain(secret, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_without_its_key_is_a_mistake()
    {
        var text = $"contexts:\n  a:\n    crt: {Base64(TestPki.Cluster.Ca.Certificate)}\n";

        var error = Assert.Throws<BadInputException>(() => TalosconfigText.Parse("config", text));

        Assert.Contains("no key", Assert.Single(error.Diagnostics).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_a_config_without_contexts() => Assert.Empty(TalosconfigText.Parse("config", "").Contexts);

    [Fact]
    public void What_is_written_reads_back_the_same()
    {
        var names = Gen.String[Gen.Char["abyn-01 :#'\"{}~"], 1, 8].Where(name => name.Trim() == name);
        var contexts = Gen.Select(names, Gen.String[Gen.Char["0123456789.:"], 1, 12].Array[0, 3], Gen.Bool).Array[0, 4];

        contexts.Sample(list =>
        {
            var drawn = list.DistinctBy(item => item.Item1).ToArray();
            var config = new TalosClientConfig
            {
                Context = drawn.Select(item => item.Item1).FirstOrDefault(),
                Contexts = [.. drawn.Select(item => KeyValuePair.Create(item.Item1, new TalosContext
                {
                    Endpoints = item.Item2,
                    Ca = TestPki.Cluster.Ca.Certificate,
                    Client = item.Item3 ? new PemPair(TestPki.Cluster.Ca.Certificate, TestPki.Cluster.Ca.Key) : null,
                }))],
            };

            var read = TalosconfigText.Parse("config", TalosconfigWriter.Write(config).Reveal());

            Assert.Equal(config.Context, read.Context);
            Assert.Equal(config.Contexts.Select(pair => pair.Key), read.Contexts.Select(pair => pair.Key));
            Assert.Equal(config.Contexts.SelectMany(pair => pair.Value.Endpoints), read.Contexts.SelectMany(pair => pair.Value.Endpoints));
            Assert.Equal(config.Contexts.Select(pair => pair.Value.Client), read.Contexts.Select(pair => pair.Value.Client));
        }, iter: 100);
    }

    [Fact]
    public void Merging_numbers_names_that_are_taken_and_follows_the_newcomer()
    {
        var one = new TalosClientConfig { Context = "prod", Contexts = [new("prod", new() { Endpoints = ["1"] }), new("prod-1", new())] };
        var two = new TalosClientConfig { Context = "prod", Contexts = [new("prod", new() { Endpoints = ["2"] }), new("lab", new())] };

        var merged = one.Merge(two);

        Assert.Equal(["prod", "prod-1", "prod-2", "lab"], merged.Contexts.Select(pair => pair.Key));
        Assert.Equal("prod-2", merged.Context);
        Assert.Equal(["2"], merged.Find("prod-2")!.Endpoints);
    }

    [Fact]
    public void A_saved_file_is_its_owners_alone_and_replaces_the_old_one()
    {
        var path = Path.Combine(_folder, "new", "config");

        TalosconfigFile.Save(path, new TalosClientConfig());
        TalosconfigFile.Save(path, new TalosClientConfig { Context = "a", Contexts = [new("a", new())] });

        Assert.Equal("a", TalosconfigFile.Load(path).Context);
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.GetDirectoryName(path)!));
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_bad_input()
    {
        var error = Assert.Throws<SlipwayException>(() => TalosconfigFile.Load(Path.Combine(_folder, "none")));

        Assert.Equal(FailureReason.BadInput, error.Reason);
    }

    [Theory]
    [InlineData("/a", "/b", "/c", "/a")]
    [InlineData(null, "/b", "/c", "/b")]
    [InlineData(null, null, "/c", "/c/config")]
    [InlineData(null, null, "relative", "/home/me/.talos/config")]
    [InlineData(null, null, null, "/home/me/.talos/config")]
    public void The_search_goes_as_talosctls_does(string? asked, string? talosconfig, string? talosHome, string first)
    {
        var candidates = TalosconfigPaths.Candidates(asked, name => name == "TALOSCONFIG" ? talosconfig : talosHome, "/home/me");

        Assert.Equal(first, candidates[0]);
        Assert.Equal(asked is null ? TalosconfigPaths.InPod : asked, candidates[^1]);
    }
}
