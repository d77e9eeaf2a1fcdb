using System.Text.Json;

namespace Slipway.EndToEnd.Tests;

/// <summary>The commands that need no node, as a user runs them.</summary>
public sealed class OfflineCommandsTests
{
    private const string Worker = "machine:\n    type: worker\n    token: abcdef.0123456789abcdef\n";

    [Fact]
    public async Task The_schema_is_json()
    {
        var run = await SlipwayProcess.RunAsync("schema");

        Assert.Equal(0, run.ExitCode);
        using var schema = JsonDocument.Parse(run.Out);
        Assert.Equal("object", schema.RootElement.GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("name: X_\nfoo: 1\n", "<stdin>:2:1: error: unknown key 'foo'")]
    [InlineData("", "the file is empty")]
    [InlineData("a: [\n", "not valid YAML")]
    [InlineData("a: 1\na: 2\n", "<stdin>:2:")]
    public async Task A_broken_spec_ends_with_3_and_the_place(string spec, string expected)
    {
        var run = await SlipwayProcess.RunAsync(new SlipwayProcess.Start { Input = spec }, "validate", "-f", "-");

        Assert.Equal(3, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_depth_bomb_neither_kills_nor_hangs()
    {
        var run = await SlipwayProcess.RunAsync(new SlipwayProcess.Start { Input = new string('[', 200_000) }, "validate", "-f", "-");

        Assert.Equal(3, run.ExitCode);
    }

    [Fact]
    public async Task Configs_are_patched_compared_and_redacted()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-e2e").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "w.yaml"), Worker, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folder, "p.yaml"), "machine:\n  network:\n    hostname: val-1\n", TestContext.Current.CancellationToken);
            var start = new SlipwayProcess.Start { Folder = folder };

            var patched = await SlipwayProcess.RunAsync(start, "config", "patch", "w.yaml", "-p", "@p.yaml");
            Assert.Equal(0, patched.ExitCode);
            Assert.Contains("hostname: val-1", patched.Out, StringComparison.Ordinal);

            await File.WriteAllTextAsync(Path.Combine(folder, "w2.yaml"), patched.Out, TestContext.Current.CancellationToken);
            var same = await SlipwayProcess.RunAsync(start, "config", "diff", "w.yaml", "w.yaml");
            var differs = await SlipwayProcess.RunAsync(start, "config", "diff", "w.yaml", "w2.yaml");
            Assert.Equal(0, same.ExitCode);
            Assert.Equal(2, differs.ExitCode);
            Assert.Contains("machine.network", differs.Out, StringComparison.Ordinal);

            var redacted = await SlipwayProcess.RunAsync(start, "config", "redact", "w2.yaml");
            Assert.Equal(0, redacted.ExitCode);
            Assert.DoesNotContain("0123456789abcdef", redacted.Out + redacted.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Secrets_are_written_once_for_their_owner_only_and_shown_masked()
    {
        var folder = Directory.CreateTempSubdirectory("slipway-e2e").FullName;
        try
        {
            var start = new SlipwayProcess.Start { Folder = folder };
            var first = await SlipwayProcess.RunAsync(start, "secrets", "generate");
            var again = await SlipwayProcess.RunAsync(start, "secrets", "generate");
            var shown = await SlipwayProcess.RunAsync(start, "secrets", "show", "-o", "json");

            Assert.Equal(0, first.ExitCode);
            Assert.Equal(7, again.ExitCode);
            Assert.Equal(0, shown.ExitCode);
            var path = Path.Combine(folder, "secrets.yaml");
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            }

            using var document = JsonDocument.Parse(shown.Out);
            Assert.Equal("***", document.RootElement.GetProperty("trustdToken").GetString());
            Assert.Equal("***", document.RootElement.GetProperty("os").GetProperty("key").GetString());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task Nodes_that_nobody_can_reach_end_with_5()
    {
        // Port 50000 of an address that is ours alone: the connection is refused at once.
        var run = await SlipwayProcess.RunAsync("init", "--nodes", "127.0.0.213");

        Assert.Equal(5, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains("127.0.0.213", run.Error, StringComparison.Ordinal);
    }
}
