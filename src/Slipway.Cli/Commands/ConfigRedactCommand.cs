using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;

namespace Slipway.Cli.Commands;

internal sealed class ConfigRedactCommand : SlipwayCommand
{
    private readonly Argument<string> _config = new("config")
    {
        Description = "a machine config, or - for standard input",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    public ConfigRedactCommand()
        : base("redact", "Print a machine config with every secret masked, to show to somebody") => Arguments.Add(_config);

    public override IReadOnlyList<Example> Examples { get; } = [new("slipway config redact controlplane.yaml", "what can go into a ticket")];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_config)!;
        var text = await TextFiles.ReadAsync(context, name, cancellationToken);
        var result = ConfigPatcher.Apply(name, text, []);
        if (result.HasErrors)
        {
            throw new BadInputException(result.Findings);
        }

        context.Output.Text(ConfigRedactor.Redact(text));
        return ExitCodes.Ok;
    }
}
