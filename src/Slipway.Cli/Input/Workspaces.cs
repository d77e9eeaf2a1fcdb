using Slipway.Cli.Commands;
using Slipway.Cli.Composition;
using Slipway.Cli.Output;
using Slipway.Core.Spec;

namespace Slipway.Cli.Input;

/// <summary>Opens the cluster that -f names.</summary>
internal static class Workspaces
{
    /// <summary>Tells warnings, and makes every secret of the cluster known to the redactor before anything else is said.</summary>
    /// <exception cref="Core.Failures.BadInputException">With every finding of every file that was read.</exception>
    public static Task<Workspace> OpenAsync(CommandContext context, CancellationToken cancellationToken) => OpenAsync(context, spec => spec, cancellationToken);

    /// <param name="place">Changes the spec before anything is made of it.</param>
    /// <inheritdoc cref="OpenAsync(CommandContext, CancellationToken)"/>
    public static async Task<Workspace> OpenAsync(CommandContext context, Func<ClusterSpec, ClusterSpec> place, CancellationToken cancellationToken)
    {
        var request = await RequestAsync(context, cancellationToken);
        var workspace = WorkspaceLoader.Load(request with { Place = place });
        context.Output.Redactor.Register(workspace.Secrets);
        DiagnosticsView.Write(context.Output, workspace.Warnings);
        return workspace;
    }

    public static async Task<WorkspaceRequest> RequestAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = context.Settings.File ?? GlobalOptions.DefaultFile;
        if (context.Settings.File is null && !File.Exists(context.FullPath(file)))
        {
            throw TextFiles.Bad(file, "there is no such file", null, "name the spec with -f, or draft one with 'slipway init --nodes …'");
        }

        var piped = file == TextFiles.StandardInput;
        return new WorkspaceRequest
        {
            File = piped ? "<stdin>" : file,
            Text = await TextFiles.ReadAsync(context, file, cancellationToken),
            Folder = piped ? context.Environment.WorkingFolder : Path.GetDirectoryName(context.FullPath(file))!,
            StateFolder = StateFolders.Of(context).Path,
            Time = context.Environment.Time,
        };
    }
}
