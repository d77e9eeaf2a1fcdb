using Slipway.Cli.Commands;
using Slipway.Engine.Journaling;

namespace Slipway.Cli;

/// <summary>Where journals, logs and access files of a cluster are kept.</summary>
internal static class StateFolders
{
    private const string Name = ".slipway";

    /// <summary>--state-dir, $SLIPWAY_STATE_DIR, or .slipway beside the spec.</summary>
    public static StateFolder Of(CommandContext context)
    {
        if (context.Settings.StateFolder is { } given)
        {
            return new StateFolder(context.FullPath(given));
        }

        var spec = context.Settings.File is null or "-" ? GlobalOptions.DefaultFile : context.Settings.File;
        var beside = Path.GetDirectoryName(context.FullPath(spec)) ?? context.Environment.WorkingFolder;
        return new StateFolder(Path.Combine(beside, Name));
    }
}
