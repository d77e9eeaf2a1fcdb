using System.Net;
using Microsoft.Extensions.Time.Testing;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Kubernetes.Helm;
using Slipway.Tests.Rehearsal.Kubernetes;

namespace Slipway.Tests.Kubernetes.Helm;

/// <summary>What helm might do to us, played by small shell scripts.</summary>
public sealed class HelmProcessTests : IDisposable
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("slipway-helm-");

    [Fact]
    public async Task Cancelling_interrupts_helm_and_lets_it_write_its_release_down()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var marker = Path.Combine(_folder.FullName, "said-bye");
        // A shell cannot trap what was ignored when it started, as SIGINT is in everything that nohup started.
        var helm = Script($"exec env --default-signal=INT sh -c \"trap 'touch {marker}; exit 1' INT; echo started; while :; do sleep 0.02; done\"");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => helm.UpgradeAsync(Target(), Upgrade(_ => stop.Cancel()), stop.Token));

        Assert.True(File.Exists(marker));
    }

    [Fact]
    public async Task A_helm_that_hangs_is_stopped_and_named()
    {
        var time = new FakeTimeProvider();
        var helm = Script("echo started >&2; exec sleep 600", time);

        var error = await Assert.ThrowsAsync<SlipwayException>(() => helm.UpgradeAsync(Target(), Upgrade(_ => time.Advance(TimeSpan.FromHours(1))), Token));

        Assert.Equal(FailureReason.TimedOut, error.Reason);
        Assert.Equal("started", error.Found);
    }

    [Fact]
    public async Task The_kubeconfigs_secrets_never_reach_an_error_or_a_line()
    {
        using var pki = new TestPki();
        var target = Target();
        var kubeconfig = pki.Kubeconfig(new IPEndPoint(IPAddress.Loopback, 1)).ReplaceLineEndings("\n").Replace("user: {client", "user:\n      token: tok-0123456789\n      client", StringComparison.Ordinal).Replace(", client-key", "\n      client-key", StringComparison.Ordinal).Replace("}\ncontexts", "\ncontexts", StringComparison.Ordinal);
        await File.WriteAllTextAsync(target.KubeconfigPath, kubeconfig, Token);
        var key = kubeconfig.Split('\n').First(line => line.Contains("client-key-data", StringComparison.Ordinal)).Split(": ")[1].Trim();
        var lines = new List<string>();
        var helm = Script($"cat {target.KubeconfigPath} >&2; echo 'Authorization: Bearer abc.def.ghi'; echo 'https://me:hunter2@charts/' >&2; exit 1");

        var error = await Assert.ThrowsAsync<SlipwayException>(() => helm.UpgradeAsync(target, Upgrade(lines.Add), Token));

        var all = string.Join('\n', [.. lines, error.ToString()]);
        Assert.Contains("current-context", all, StringComparison.Ordinal);
        foreach (var secret in (string[])[key, "tok-0123456789", "abc.def.ghi", "hunter2"])
        {
            Assert.DoesNotContain(secret, all, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task All_of_stderr_is_shown_because_helm_tells_the_reason_before_its_last_line()
    {
        var helm = Script("echo 'the real reason' >&2; echo 'Error: UPGRADE FAILED' >&2; exit 1");

        var error = await Assert.ThrowsAsync<SlipwayException>(() => helm.UpgradeAsync(Target(), Upgrade(_ => { }), Token));

        Assert.Equal(FailureReason.Helm, error.Reason);
        Assert.Contains("the real reason\nError: UPGRADE FAILED", error.Message.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_users_own_helm_settings_have_no_say()
    {
        var helm = Script("echo \"$HELM_CACHE_HOME|$HOME\"; env | grep -c '^HELM_DRIVER=' ; exit 0");
        var lines = new List<string>();

        await helm.UpgradeAsync(Target(), Upgrade(lines.Add), Token);

        Assert.Equal([$"{_folder.FullName}/work/helm/cache|{_folder.FullName}/work/helm", "0"], lines);
    }

    [Theory]
    [InlineData("echo v3.13.3", "3.14 or later")]
    [InlineData("echo nonsense", null)]
    [InlineData("exit 3", null)]
    public async Task A_helm_too_old_or_no_helm_at_all_is_told(string script, string? expected)
    {
        var error = await Assert.ThrowsAsync<SlipwayException>(() => Script(script).VersionAsync(Token));

        Assert.Equal(FailureReason.Helm, error.Reason);
        Assert.Equal(expected is null, error.Expected is null);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told()
    {
        var error = await Assert.ThrowsAsync<SlipwayException>(() => new HelmCli("/nowhere/helm", Path.Combine(_folder.FullName, "work"), TimeProvider.System).VersionAsync(Token));

        Assert.Equal(FailureReason.Helm, error.Reason);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public void helm_is_found_by_variable_then_beside_us_then_on_the_path()
    {
        var tools = Directory.CreateDirectory(Path.Combine(_folder.FullName, ".tools", "bin"));
        var beside = Touch(Path.Combine(tools.FullName, "helm"));
        var below = Directory.CreateDirectory(Path.Combine(_folder.FullName, "a", "b")).FullName;
        var onPath = Touch(Path.Combine(_folder.FullName, "helm"));

        Assert.Equal(onPath, HelmLocator.Find(name => name == "SLIPWAY_HELM" ? onPath : null, below));
        Assert.Equal(beside, HelmLocator.Find(name => name == "PATH" ? _folder.FullName : null, below));
        File.Delete(beside);
        Assert.Equal(onPath, HelmLocator.Find(name => name == "PATH" ? $"/nowhere:{_folder.FullName}" : null, below));
        Assert.Equal(FailureReason.Helm, Assert.Throws<SlipwayException>(() => HelmLocator.Find(_ => null, below)).Reason);
        Assert.Equal(FailureReason.BadInput, Assert.Throws<SlipwayException>(() => HelmLocator.Find(_ => "/nowhere/helm", below)).Reason);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private HelmCli Script(string body, TimeProvider? time = null)
    {
        var path = Path.Combine(_folder.FullName, "fake-helm");
        File.WriteAllText(path, $"#!/bin/sh\n{body}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new HelmCli(path, Path.Combine(_folder.FullName, "work"), time ?? TimeProvider.System);
    }

    private HelmTarget Target() => new("cilium", "kube-system", Path.Combine(_folder.FullName, "kubeconfig"));

    private static HelmUpgrade Upgrade(Action<string> line) =>
        new(new ChartSource(ChartSourceKind.Oci, "oci://example.org/cilium"), "v1.16.19", "/nowhere/values.yaml", TimeSpan.FromMinutes(1), line);

    private static string Touch(string path)
    {
        File.WriteAllText(path, "");
        return path;
    }
}
