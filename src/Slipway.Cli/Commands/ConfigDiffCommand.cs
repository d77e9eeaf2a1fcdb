using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ConfigDiffCommand : SlipwayCommand
{
    private readonly Argument<string> _before = File("before", "a machine config, or - for standard input");

    private readonly Argument<string> _after = File("after", "the machine config to compare it with");

    public ConfigDiffCommand()
        : base("diff", "Compare two machine configs as Talos would read them, with secrets masked")
    {
        Arguments.Add(_before);
        Arguments.Add(_after);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway config diff old.yaml new.yaml", "exit code 0 when they mean the same, 2 when they differ"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var before = await ReadAsync(context, context.Get(_before)!, cancellationToken);
        var after = await ReadAsync(context, context.Get(_after)!, cancellationToken);
        var changes = ConfigDiff.Between(before, after);
        context.Output.Tell("ConfigDiff", new Differences(changes), console =>
        {
            ChangesView.Write(console, changes);
            if (changes.Count == 0)
            {
                console.WriteLine("No differences.");
            }
        });
        return changes.Count == 0 ? ExitCodes.Ok : ExitCodes.ChangesPending;
    }

    /// <summary>Reads it as a config once, so that findings carry the file's own name.</summary>
    private static async Task<string> ReadAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var text = await TextFiles.ReadAsync(context, name, cancellationToken);
        var result = ConfigPatcher.Apply(name, text, []);
        return result.HasErrors ? throw new BadInputException(result.Findings) : text;
    }

    private static Argument<string> File(string name, string description) => new(name)
    {
        Description = description,
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    private sealed record Differences(IReadOnlyList<ConfigChange> Changes);
}
