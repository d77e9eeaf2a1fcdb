using System.Text.Json;
using Slipway.Cli;
using Slipway.Core.MachineConfig;
using Slipway.Core.Versions;
using Slipway.Tests.Pki;

namespace Slipway.Tests.Cli.Commands;

public sealed class ConfigRenderTests : IDisposable
{
    private readonly CommandFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_node_is_printed_as_a_config_that_its_Talos_takes_with_its_secrets_masked()
    {
        var run = await _folder.Run("config", "render", "--node", "val-1");

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        Assert.Contains("hostname: val-1", run.Out, StringComparison.Ordinal);
        Assert.Contains("token: \"***\"", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(TestSecrets.Bundle.TrustdToken.Reveal(), run.Out + run.Error, StringComparison.Ordinal);
        Assert.Empty(ConfigValidator.Validate("val-1", run.Out, new ReleaseVersion(1, 12, 11)));
        Assert.DoesNotContain("KubeletConfig", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_node_is_told_with_the_Talos_that_it_is_for()
    {
        var run = await _folder.Run("config", "render", "-o", "json");

        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal("RenderedConfigs", document.RootElement.GetProperty("kind").GetString());
        var nodes = document.RootElement.GetProperty("nodes").EnumerateArray().ToList();
        Assert.Equal(["cp1 v1.12.11", "val-1 v1.12.11", "val-2 v1.14.0"], nodes.Select(node => $"{node.GetProperty("node").GetString()} {node.GetProperty("talos").GetString()}"));
        Assert.Contains("kind: KubeletConfig", nodes[2].GetProperty("config").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_Talos_gives_every_node_its_dialect()
    {
        var run = await _folder.Run("config", "render", "--talos-version", "v1.10.9", "-o", "json");

        using var document = JsonDocument.Parse(run.Out);
        foreach (var node in document.RootElement.GetProperty("nodes").EnumerateArray())
        {
            var config = node.GetProperty("config").GetString()!;
            Assert.Empty(ConfigValidator.Validate("config", config, new ReleaseVersion(1, 10, 9)));
            Assert.Contains("installer:v1.10.9", config, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("--talos-version v1.9.6", "Talos v1.9.6 is not supported; expected a release of 1.10 to 1.14")]
    [InlineData("--node val-3", "the spec has no node 'val-3'; expected one of cp1, val-1, val-2")]
    public async Task What_cannot_be_rendered_ends_with_3(string given, string message)
    {
        var run = await _folder.Run(["config", "render", .. given.Split(' ')]);

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Equal("", run.Out);
    }

    [Fact]
    public async Task A_patch_that_the_version_cannot_take_is_refused_with_the_reason()
    {
        using var folder = new CommandFolder(CommandFolder.Spec + "\npatches: {worker: [{apiVersion: v1alpha1, kind: SysctlConfig, params: {a.b: '1'}}]}\n");

        var old = await folder.Run("config", "render", "--node", "val-1");
        var recent = await folder.Run("config", "render", "--talos-version", "v1.14.0");

        Assert.Equal(ExitCodes.BadInput, old.ExitCode);
        Assert.Contains("SysctlConfig needs Talos 1.14; this config is for 1.12", old.Error, StringComparison.Ordinal);
        Assert.Contains("rendered for val-1", old.Error, StringComparison.Ordinal);
        Assert.True(recent.ExitCode == ExitCodes.Ok, recent.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Files_are_their_owners_alone_and_hold_secrets_only_when_asked_to(bool reveal)
    {
        var run = await _folder.Run(["config", "render", "--output-dir", "out", .. reveal ? (string[])["--show-secrets"] : []]);

        Assert.True(run.ExitCode == ExitCodes.Ok, run.Error);
        foreach (var node in (string[])["cp1", "val-1", "val-2"])
        {
            var path = _folder.At($"out/{node}.yaml");
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            Assert.Equal(reveal, File.ReadAllText(path).Contains(TestSecrets.Bundle.TrustdToken.Reveal(), StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Secrets_that_are_not_there_are_not_made_up_where_they_would_be_used()
    {
        File.Delete(_folder.At("secrets.yaml"));

        var run = await _folder.Run("config", "render", "--show-secrets");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains("there is no file", run.Error, StringComparison.Ordinal);
    }
}
