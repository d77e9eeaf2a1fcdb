using Slipway.Cli.Commands;
using Slipway.Cli.Output;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Cli.Input;

/// <summary>A spec that can be used, alone: none of the files that it names was read.</summary>
/// <param name="File">As the user wrote it.</param>
/// <param name="Findings">Warnings, which were told already.</param>
internal sealed record LoadedSpec(ClusterSpec Spec, string File, IReadOnlyList<Diagnostic> Findings)
{
    /// <exception cref="BadInputException">It cannot be read, or has errors.</exception>
    public static async Task<LoadedSpec> LoadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var request = await Workspaces.RequestAsync(context, cancellationToken);
        var result = SpecReader.Read(request.File, request.Text);
        if (result.Spec is not { } spec)
        {
            throw new BadInputException(result.Findings);
        }

        DiagnosticsView.Write(context.Output, result.Findings);
        return new LoadedSpec(spec.WithArchives(path => Path.GetFullPath(path, request.Folder)), request.File, result.Findings);
    }
}
