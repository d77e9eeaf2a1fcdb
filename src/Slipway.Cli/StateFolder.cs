using Slipway.Cli.Commands;

namespace Slipway.Cli;

/// <summary>Where journals and logs are kept.</summary>
internal static class StateFolder
{
    private const string Name = ".slipway";

    /// <summary>--state-dir, $SLIPWAY_STATE_DIR, or .slipway beside the spec; absolute.</summary>
    public static string Of(CommandContext context)
    {
        if (context.Settings.StateFolder is { } given)
        {
            return context.FullPath(given);
        }

        var spec = context.Settings.File is null or "-" ? GlobalOptions.DefaultFile : context.Settings.File;
        return Path.Combine(Path.GetDirectoryName(context.FullPath(spec)) ?? context.Environment.WorkingFolder, Name);
    }
}
