using Slipway.Cli;
using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Engine.Journaling;
using Slipway.Talos.Pki;
using Slipway.Talos.Talosconfig;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Cli.Commands;

public sealed class TalosconfigCommandTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Roles_and_lifetime_are_as_asked()
    {
        var run = await _folder.Run("talosconfig", "reader", "--roles", "os:reader,os:etcd:backup", "--ttl", "30d", "--context", "look");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        var certificate = Assert.Single(ClientCertificate.Of(TalosconfigFile.Load(_folder.At("reader")), TestSecrets.Bundle.Os.Certificate));
        Assert.Equal("look", certificate.Context);
        Assert.Equal(["os:reader", "os:etcd:backup"], certificate.Roles);
        Assert.InRange(certificate.NotAfter - _folder.Time.GetUtcNow(), TimeSpan.FromDays(30) - TimeSpan.FromSeconds(2), TimeSpan.FromDays(30));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, "ED25519 PRIVATE KEY")]
    [InlineData(KeyAlgorithm.EcdsaP256, "EC PRIVATE KEY")]
    public async Task The_key_is_of_the_kind_that_the_CA_has(KeyAlgorithm kind, string label)
    {
        using var folder = new CommandFolder(secrets: TestSecrets.Create(new ReleaseVersion(1, 13, 0), kind));

        Assert.Equal(ExitCodes.Ok, (await folder.Run("talosconfig")).ExitCode);

        var client = TalosconfigFile.Load(folder.At("talosconfig")).Find("prod")!.Client!;
        Assert.StartsWith($"-----BEGIN {label}-----", client.Key!.Reveal(), StringComparison.Ordinal);
        Assert.Equal(["os:admin"], ClientIdentity.Load(client, "it").Roles);
    }

    [Theory]
    [InlineData("--roles os:root", "'os:root' is not a role that Talos gives to clients; expected os:admin, os:operator")]
    [InlineData("--roles os:impersonator", "'os:impersonator' is not a role")]
    [InlineData("--ttl 1y", "'1y' is not a time from 5m to 3650d")]
    [InlineData("--ttl 3s", "'3s' is not a time from 5m to 3650d")]
    [InlineData("--ttl 99999999d", "is not a time from")]
    [InlineData("--renew", "talosconfig: error: there is no such file")]
    [InlineData("--check", "talosconfig: error: there is no such file")]
    public async Task What_makes_no_sense_ends_with_3_and_writes_nothing(string given, string message)
    {
        var run = await _folder.Run(["talosconfig", .. given.Split(' ')]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.At("talosconfig")));
    }

    [Fact]
    public async Task A_certificate_that_ends_soon_is_told_by_check_and_renewed_with_its_roles_and_lifetime()
    {
        await _folder.Run("talosconfig", ".slipway/prod/talosconfig", "--roles", "os:operator", "--ttl", "90d");
        var (fresh, before) = (await _folder.Run("talosconfig", ".slipway/prod/talosconfig", "--check"), _folder.Read(".slipway/prod/talosconfig"));
        _folder.Time.Advance(TimeSpan.FromDays(75));

        var due = await _folder.Run("talosconfig", ".slipway/prod/talosconfig", "--check");
        var renewed = await _folder.Run("talosconfig", ".slipway/prod/talosconfig", "--renew");
        var after = await _folder.Run("talosconfig", ".slipway/prod/talosconfig", "--check");

        Assert.Equal((ExitCodes.Ok, ExitCodes.ChangesPending), (fresh.ExitCode, due.ExitCode));
        Assert.Contains("prod: os:operator; ends in 14 days", due.Out, StringComparison.Ordinal);
        Assert.True(renewed.ExitCode == ExitCodes.Ok, renewed.Error);
        Assert.Equal(ExitCodes.Ok, after.ExitCode);
        Assert.Contains("prod: os:operator; ends in 89 days", after.Out, StringComparison.Ordinal);
        Assert.NotEqual(before, _folder.Read(".slipway/prod/talosconfig"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.At(".slipway/prod/talosconfig")));
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("status")]
    [InlineData("up")]
    public async Task Whoever_looks_at_the_cluster_is_told_in_time(string command)
    {
        // Nobody listens on this address: what is asked is refused at once.
        using var folder = new CommandFolder("""
            name: prod
            endpoint: https://127.0.0.213:6443
            talos: {version: v1.12.11}
            kubernetes: {version: v1.33.5}
            nodes: [{name: cp1, address: 127.0.0.213, role: controlplane, install: {serial: S1}}]
            """);
        await folder.Run("talosconfig", ".slipway/prod/talosconfig");
        await folder.Run("talosconfig", "home/.talos/config", "--ttl", "2d", "--context", "mine");
        var home = new Dictionary<string, string> { ["HOME"] = folder.At("home") };
        folder.Time.Advance(TimeSpan.FromDays(3));
        // Another run is at work, so this one is refused at once instead of waiting for a machine that is not there.
        using var busy = RunLock.Take(new StateFolder(folder.At(".slipway/prod")));

        var run = await CliRun.Of(folder.Time, home, folder.Path, "", command, "--state-dir", ".slipway");

        Assert.Contains("home/.talos/config: the client certificate of context 'mine' (os:admin) ended on", run.Error, StringComparison.Ordinal);
        Assert.Contains("--renew", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(".slipway/prod/talosconfig:", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Renewing_leaves_other_contexts_comments_and_links_as_they_are()
    {
        await _folder.Run("talosconfig");
        var (mine, other) = (_folder.Read("talosconfig"), TestSecrets.Create(new ReleaseVersion(1, 13, 0)));
        using var elsewhere = new CommandFolder(CommandFolder.Spec.Replace("name: prod", "name: lab", StringComparison.Ordinal), other);
        await elsewhere.Run("talosconfig");
        var theirs = elsewhere.Read("talosconfig");
        var text = "# mine and theirs\n" + mine + theirs[theirs.IndexOf("  lab:", StringComparison.Ordinal)..].TrimEnd() + "\n    some-future-key: kept   # as it is\n";
        await File.WriteAllTextAsync(_folder.At("real"), text, TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(_folder.At("linked"), _folder.At("real"));

        var run = await _folder.Run("talosconfig", "linked", "--renew");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        Assert.NotNull(File.ResolveLinkTarget(_folder.At("linked"), returnFinalTarget: false));
        var (before, after) = (text.Split('\n'), _folder.Read("real").Split('\n'));
        Assert.Equal(before.Length, after.Length);
        var changed = Enumerable.Range(0, before.Length).Where(line => before[line] != after[line]).Select(line => before[line].Trim()[..4]);
        Assert.Equal(["crt:", "key:"], changed);
        Assert.Equal(TalosconfigText.Parse("a", text).Find("lab")!.Client, TalosconfigText.Parse("b", _folder.Read("real")).Find("lab")!.Client);
    }

    [Fact]
    public async Task A_file_of_another_cluster_is_not_touched()
    {
        using var elsewhere = new CommandFolder(secrets: TestSecrets.Create(new ReleaseVersion(1, 13, 0)));
        await elsewhere.Run("talosconfig", _folder.At("theirs"));
        var before = _folder.Read("theirs");

        var run = await _folder.Run("talosconfig", "theirs", "--renew");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("no context of this file belongs to the cluster", run.Error, StringComparison.Ordinal);
        Assert.Equal(before, _folder.Read("theirs"));
    }

    [Fact]
    public void Contexts_that_share_a_certificate_by_an_alias_are_not_torn_apart()
    {
        var client = ClientIdentity.MintForTalosconfig(TestSecrets.Bundle.Os, ["os:admin"], TimeSpan.FromDays(1), TestSecrets.Now).Pair;
        var other = ClientIdentity.MintForTalosconfig(TestSecrets.Bundle.Os, ["os:admin"], TimeSpan.FromDays(1), TestSecrets.Now).Pair;
        var text = $"contexts:\n  a:\n    crt: &c {Base64(client.Certificate)}\n    key: &k {Base64(client.Key!.Reveal())}\n  b:\n    crt: *c\n    key: *k\n";

        Assert.Throws<BadInputException>(() => TalosconfigRenewal.Replace("shared", text, new Dictionary<string, Core.Secrets.PemPair> { ["a"] = other }));
    }

    private static string Base64(string text) => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text));
}
