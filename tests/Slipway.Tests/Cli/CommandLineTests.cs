using System.CommandLine;
using System.Text.Json;
using Slipway.Cli;
using Slipway.Cli.Commands;

namespace Slipway.Tests.Cli;

public sealed class CommandLineTests
{
    [Theory]
    [InlineData("vesion", "did you mean 'version'?")]
    [InlineData("version --ouptut json", "did you mean '--output'?")]
    [InlineData("version -o xml", "--help")]
    [InlineData("completion", "--help")]
    [InlineData("completion tcsh", "--help")]
    [InlineData("version -o json -o yaml", "--help")]
    [InlineData("version --file", "--help")]
    public async Task A_wrong_command_line_is_one_line_and_a_hint(string line, string hint)
    {
        var run = await CliRun.Of(line.Split(' '));

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        var lines = run.Error.TrimEnd().Split('\n');
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("error: ", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("hint: ", lines[1], StringComparison.Ordinal);
        Assert.Contains(hint, lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_in_json_mode_is_a_document_on_standard_output()
    {
        var run = await CliRun.Of("vesion", "-o", "json");

        using var document = JsonDocument.Parse(run.Out);
        Assert.Equal("slipway.dev/v1", document.RootElement.GetProperty("apiVersion").GetString());
        Assert.Equal("Failure", document.RootElement.GetProperty("kind").GetString());
        Assert.Equal("bad-input", document.RootElement.GetProperty("reason").GetString());
        Assert.Equal(ExitCodes.BadInput, document.RootElement.GetProperty("exitCode").GetInt32());
    }

    [Theory]
    [InlineData("1.14", ExitCodes.Ok)]
    [InlineData("v1.14", ExitCodes.Ok)]
    [InlineData("v1.14.2", ExitCodes.Ok)]
    [InlineData("1.13", ExitCodes.BadInput)]
    [InlineData("1", ExitCodes.BadInput)]
    public async Task A_line_of_releases_is_enough_to_be_validated_for(string talos, int expected)
    {
        const string sinceFourteen = "apiVersion: v1alpha1\nkind: KubePrismConfig\nport: 7445\n";

        var run = await CliRun.Of(new Dictionary<string, string>(), Path.GetTempPath(), sinceFourteen, "config", "validate", "-", "--talos-version", talos);

        Assert.True(run.ExitCode == expected, run.Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n---\n")]
    public async Task A_config_without_a_document_is_no_config(string config)
    {
        var run = await CliRun.Of(new Dictionary<string, string>(), Path.GetTempPath(), config, "config", "validate", "-", "--talos-version", "1.13");

        Assert.Equal(ExitCodes.BadInput, run.ExitCode);
        Assert.Contains("-:1:1: error: there is no document in it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_command_at_all_shows_the_commands()
    {
        var run = await CliRun.Of();

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
        Assert.Contains("completion", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_command_has_help_with_examples_that_parse()
    {
        foreach (var command in AllCommands(CommandTree.Build()))
        {
            var path = PathOf(command);
            var run = await CliRun.Of([.. path, "--help"]);

            Assert.Equal(ExitCodes.Ok, run.ExitCode);
            Assert.NotEmpty(command.Description!);
            Assert.NotEmpty(command.Examples);
            Assert.All(command.Examples, example => Assert.Contains(example.Line, run.Out, StringComparison.Ordinal));
            Assert.All(command.Examples, example => Assert.Contains("slipway " + string.Join(' ', path), example.Line, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task The_version_is_the_same_in_all_forms()
    {
        var table = await CliRun.Of("version");
        var json = await CliRun.Of("version", "-o", "json");
        var yaml = await CliRun.Of("version", "-o", "yaml");

        using var document = JsonDocument.Parse(json.Out);
        var version = document.RootElement.GetProperty("version").GetString()!;
        Assert.StartsWith($"slipway {version} ", table.Out, StringComparison.Ordinal);
        Assert.Contains($"version: \"{version}\"", yaml.Out, StringComparison.Ordinal);
        Assert.StartsWith("apiVersion: \"slipway.dev/v1\"\nkind: \"Version\"\n", yaml.Out, StringComparison.Ordinal);
    }

    private static IEnumerable<SlipwayCommand> AllCommands(Command command) =>
        command.Subcommands.SelectMany(AllCommands).Concat(command is SlipwayCommand own ? [own] : []);

    private static string[] PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent and not RootCommand ? [.. PathOf(parent), command.Name] : [command.Name];
}
