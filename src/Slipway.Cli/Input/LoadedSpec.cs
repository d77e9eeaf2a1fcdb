using Slipway.Cli.Commands;
using Slipway.Cli.Output;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;

namespace Slipway.Cli.Input;

/// <summary>A spec that can be used, where it came from, and what else was found in it.</summary>
/// <param name="File">As the user wrote it.</param>
/// <param name="Folder">Absolute; paths in the spec are relative to it.</param>
internal sealed record LoadedSpec(ClusterSpec Spec, string File, string Folder, IReadOnlyList<Diagnostic> Findings)
{
    /// <summary>Reads the spec that -f names and tells its warnings.</summary>
    /// <exception cref="BadInputException">It cannot be read, or has errors.</exception>
    public static async Task<LoadedSpec> LoadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var file = context.Settings.File ?? GlobalOptions.DefaultFile;
        if (context.Settings.File is null && !System.IO.File.Exists(context.FullPath(file)))
        {
            throw TextFiles.Bad(file, "there is no such file", null, "name the spec with -f, or draft one with 'slipway init --nodes …'");
        }

        var loaded = Read(context, file, await TextFiles.ReadAsync(context, file, cancellationToken));
        DiagnosticsView.Write(context.Output, loaded.Findings);
        return loaded;
    }

    private static LoadedSpec Read(CommandContext context, string file, string text)
    {
        var name = file == TextFiles.StandardInput ? "<stdin>" : file;
        var result = SpecReader.Read(name, text);
        if (result.Spec is not { } spec)
        {
            throw new BadInputException(result.Findings);
        }

        var folder = file == TextFiles.StandardInput ? context.Environment.WorkingFolder : Path.GetDirectoryName(context.FullPath(file))!;
        return new LoadedSpec(spec, name, folder, result.Findings);
    }
}
