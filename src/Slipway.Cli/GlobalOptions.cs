using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Cli.Reporting;

namespace Slipway.Cli;

/// <summary>
/// The options that every command understands. To add one: declare it here, add it to <see cref="All"/>, and give
/// <see cref="GlobalSettings"/> the value.
/// </summary>
internal sealed class GlobalOptions
{
    public const string DefaultFile = "cluster.yaml";

    public Option<string?> File { get; } = new("--file", "-f")
    {
        Description = $"the cluster's spec, or - for standard input (default {DefaultFile})",
        HelpName = "cluster.yaml",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    public Option<OutputFormat> Output { get; } = Choice.Option<OutputFormat>("--output", ["-o"], "form of the result on standard output");

    public Option<ProgressMode> Progress { get; } = Choice.Option<ProgressMode>("--progress", [], "how a run tells where it stands");

    public Option<bool> NoColor { get; } = new("--no-color") { Description = "no colours; the variable NO_COLOR does the same" };

    public Option<string?> StateFolder { get; } = new("--state-dir")
    {
        Description = "where journals and logs are kept (default .slipway beside the spec, or $SLIPWAY_STATE_DIR)",
        HelpName = "folder",
        CompletionSources = { FileCompletions.Folders },
    };

    public Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "tell more; unexpected errors come with their stack trace" };

    public Option<bool> Yes { get; } = new("--yes", "-y") { Description = "do not ask before changing anything" };

    public IEnumerable<Option> All => [File, Output, Progress, NoColor, StateFolder, Verbose, Yes];

    public void AddTo(Command root)
    {
        foreach (var option in All)
        {
            option.Recursive = true;
            root.Options.Add(option);
        }
    }
}
