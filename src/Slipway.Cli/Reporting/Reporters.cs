using Slipway.Cli.Commands;
using Slipway.Engine.Ports;

namespace Slipway.Cli.Reporting;

/// <summary>Chooses how a run tells where it stands. Dispose the result before anything else is printed.</summary>
internal static class Reporters
{
    public static IReporter For(CommandContext context)
    {
        var output = context.Output;
        var capabilities = output.Screen.Profile.Capabilities;
        return context.Settings.Progress switch
        {
            ProgressMode.None => new NoReporter(),
            ProgressMode.Json => new JsonReporter(output.Stream),
            ProgressMode.Auto when capabilities is { Ansi: true, Interactive: true } => new LiveReporter(output.Screen, context.Environment.Time),
            _ => new PlainReporter(output.Notes),
        };
    }
}
