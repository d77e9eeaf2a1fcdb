using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;

namespace Slipway.Cli.Commands;

internal sealed class ConfigPatchCommand : SlipwayCommand
{
    private readonly Argument<string> _base = new("base")
    {
        Description = "the machine config to patch, or - for standard input",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    private readonly Option<string[]> _patches = new("--patch", "-p", "--config-patch")
    {
        Description = "a patch: a file (with or without @ before it), or the text itself; may be given several times, applied in order",
        HelpName = "@file|text",
        Required = true,
        CompletionSources = { FileCompletions.Source(".yaml", ".yml", ".json") },
    };

    private readonly Option<bool> _once = new("--once")
    {
        Description = "do not add again what lists that are sets have already (names, addresses, modules, rules …), where Talos would: for a config that the patch was applied to before",
    };

    public ConfigPatchCommand()
        : base("patch", "Apply patches to a machine config as Talos does, and print the result")
    {
        Arguments.Add(_base);
        Options.Add(_patches);
        Options.Add(_once);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway config patch worker.yaml -p @10-sysctl.yaml -p @20-node.yaml > node.yaml", "strategic merge patches, in order"),
        new("slipway config patch worker.yaml -p '{\"machine\":{\"network\":{\"hostname\":\"val-1\"}}}'", "a patch on the command line"),
        new("slipway config patch live.yaml --once -p @sans.yaml", "onto a config that has it already: no list grows"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_base)!;
        var config = await TextFiles.ReadAsync(context, name, cancellationToken);
        var patches = new List<PatchSource>();
        foreach (var (given, index) in context.Get(_patches)!.Select((given, index) => (given, index)))
        {
            patches.Add(FileOf(given) is { } file
                ? new PatchSource(file, await TextFiles.ReadAsync(context, file, cancellationToken))
                : new PatchSource($"--patch {index + 1}", given));
        }

        var result = context.Get(_once) ? ConfigPatcher.ApplyOnce(name, config, patches) : ConfigPatcher.Apply(name, config, patches);
        if (result.Config is null)
        {
            throw new BadInputException(result.Findings);
        }

        DiagnosticsView.Write(context.Output, result.Findings);
        context.Output.Reveal(result.Config);
        return ExitCodes.Ok;
    }

    /// <summary>As Talos guesses: any patch has a blank or a line break in it, or begins as JSON does; what has neither is a file's name.</summary>
    private static string? FileOf(string given) => given.StartsWith('@') ? given[1..]
        : given.Length > 0 && given[0] is not ('[' or '{') && !given.AsSpan().ContainsAny(" \n") ? given
        : null;
}
