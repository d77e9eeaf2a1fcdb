using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;
using Slipway.Core.Versions;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ConfigValidateCommand : SlipwayCommand
{
    private readonly Argument<string> _config = new("config")
    {
        Description = "a machine config, or - for standard input",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    private readonly Option<ReleaseVersion?> _talos = VersionOption.TalosLine("the Talos version that shall take it");

    public ConfigValidateCommand()
        : base("validate", "Find what a node of a Talos version would refuse, before it is sent")
    {
        _talos.Required = true;
        Arguments.Add(_config);
        Options.Add(_talos);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway config validate controlplane.yaml --talos-version v1.14.0", "before an upgrade: which fields the new version no longer takes"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, talos) = (context.Get(_config)!, context.Get(_talos)!);
        var findings = ConfigValidator.Validate(name, await TextFiles.ReadAsync(context, name, cancellationToken), talos);
        if (findings.Any(finding => finding.Severity == Severity.Error))
        {
            throw new BadInputException(findings);
        }

        DiagnosticsView.Write(context.Output, findings);
        context.Output.Tell("ConfigValidation", new Validation(name, talos, true, findings), console => console.WriteLine($"{name}: Talos {talos} takes it, as far as can be told without a node"));
        return ExitCodes.Ok;
    }

    private sealed record Validation(string File, ReleaseVersion Talos, bool Valid, IReadOnlyList<Diagnostic> Findings);
}
