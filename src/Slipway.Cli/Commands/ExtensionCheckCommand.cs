using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Core.Failures;
using Slipway.Core.Versions;
using Slipway.Extension.Checking;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ExtensionCheckCommand : SlipwayCommand
{
    private readonly Argument<string> _image = new("image")
    {
        Description = "an OCI layout: a folder, or a tar of one",
        CompletionSources = { FileCompletions.Source(".tar") },
    };

    private readonly Option<ReleaseVersion?> _talos = VersionOption.TalosLine("the Talos version that it shall run on");

    public ExtensionCheckCommand()
        : base("check", "Find what Talos would refuse or silently leave out of any system extension's image")
    {
        Arguments.Add(_image);
        Options.Add(_talos);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway extension check slipway-xdp.tar --talos-version v1.13.9", "paths, manifest, services, digests; exit code 3 when there is an error"),
        new("slipway extension check layout -o json", "for a pipeline"),
    ];

    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_image)!;
        var report = ExtensionChecker.Check(name, context.FullPath(name), context.Get(_talos), CheckLimits.Default);
        if (!report.Valid)
        {
            throw new BadInputException(report.Findings);
        }

        DiagnosticsView.Write(context.Output, report.Findings);
        context.Output.Tell("ExtensionCheck", report, console =>
        {
            foreach (var image in report.Images)
            {
                console.WriteLine($"{name}: {image.Extension!.Name} {image.Extension.Version} for {image.Platform}, {image.Compressed:N0} bytes, {image.Unpacked:N0} unpacked");
                console.WriteLine($"  digest    {image.Digest}");
                console.WriteLine($"  Talos     {(image.Extension.TalosRange.Length > 0 ? image.Extension.TalosRange : "any")} (of those that Slipway knows: {string.Join(", ", image.TalosLines)})");
                console.WriteLine($"  services  {(image.Services.Count > 0 ? string.Join(", ", image.Services) : "none")}");
            }
        });
        return Task.FromResult(ExitCodes.Ok);
    }
}
