using Slipway.Cli.Input;
using Slipway.Core.Diagnostics;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ValidateCommand() : SlipwayCommand("validate", "Check a spec without talking to any node")
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway validate -f cluster.yaml", "every finding at once, each with its line and column; exit code 3 when there is an error"),
        new("cat cluster.yaml | slipway validate -f - -o json", "for an editor or a pipeline"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var loaded = await LoadedSpec.LoadAsync(context, cancellationToken);
        var (spec, findings) = (loaded.Spec, loaded.Findings);
        var (controlPlanes, workers) = (spec.ControlPlanes.Count(), spec.Workers.Count());
        var result = new Validation(loaded.File, true, spec.Name, controlPlanes, workers, findings);
        context.Output.Tell("Validation", result, console => console.WriteLine(
            $"{loaded.File}: valid: cluster {spec.Name}, {controlPlanes} control plane{(controlPlanes == 1 ? "" : "s")}, {workers} worker{(workers == 1 ? "" : "s")}"
            + (findings.Count > 0 ? $", {findings.Count} warning{(findings.Count == 1 ? "" : "s")}" : "")));
        return ExitCodes.Ok;
    }

    private sealed record Validation(string File, bool Valid, string Cluster, int ControlPlanes, int Workers, IReadOnlyList<Diagnostic> Findings);
}
