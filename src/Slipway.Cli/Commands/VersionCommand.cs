using System.Runtime.InteropServices;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class VersionCommand() : SlipwayCommand("version", "Tell the version of slipway and what it runs on")
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway version", "one line"),
        new("slipway version -o json", "for a script"),
    ];

    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var info = new VersionInfo(BuildInfo.Version, RuntimeInformation.FrameworkDescription, RuntimeInformation.RuntimeIdentifier);
        context.Output.Tell("Version", info, console => console.WriteLine($"slipway {info.Version} ({info.Runtime}, {info.Platform})"));
        return Task.FromResult(ExitCodes.Ok);
    }

    private sealed record VersionInfo(string Version, string Runtime, string Platform);
}
