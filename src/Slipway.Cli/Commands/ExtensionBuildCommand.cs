using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Extension.Building;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ExtensionBuildCommand : SlipwayCommand
{
    private readonly Option<string> _agent = new("--agent")
    {
        Description = "the node agent, a static executable",
        DefaultValueFactory = _ => "artifacts/agent/xdp-agent",
        CompletionSources = { FileCompletions.Source("", ".bin") },
    };

    private readonly Option<string> _object = new("--object")
    {
        Description = "the compiled filter, a BPF object",
        DefaultValueFactory = _ => "artifacts/bpf/solana_xdp.bpf.o",
        CompletionSources = { FileCompletions.Source(".o") },
    };

    private readonly Option<string> _target = new("--to")
    {
        Description = "where the image goes: a name that ends in .tar makes a tar, any other an OCI layout folder",
        DefaultValueFactory = _ => "slipway-xdp.tar",
        HelpName = "folder|file.tar",
        CompletionSources = { FileCompletions.Source(".tar") },
    };

    private readonly Option<ImageReference?> _tag = ExtensionOptions.Reference("--tag", $"what the image is called (default {ExtensionBuilder.DefaultReference})");

    public ExtensionBuildCommand()
        : base("build", "Make the system extension's image, byte for byte the same each time")
    {
        Options.Add(_agent);
        Options.Add(_object);
        Options.Add(_target);
        Options.Add(_tag);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway extension build", "takes what image/build.sh left in artifacts/, and writes slipway-xdp.tar"),
        new("slipway extension build --to layout --tag registry.example/slipway-xdp:0.1.0", "an OCI layout folder under another name"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (agent, program, target) = (context.Get(_agent)!, context.Get(_object)!, context.Get(_target)!);
        var content = new ExtensionContent
        {
            AgentFile = agent,
            Agent = await PartAsync(context, agent, cancellationToken),
            XdpObjectFile = program,
            XdpObject = await PartAsync(context, program, cancellationToken),
        };
        var image = ExtensionBuilder.Build(content, context.Get(_tag) ?? ExtensionBuilder.DefaultReference);
        var path = context.FullPath(target);
        await LayoutWriter.WriteAsync(image, path, cancellationToken);
        // What was written is looked at as any other image is.
        var report = ExtensionChecker.Check(target, path, null, CheckLimits.Default);
        DiagnosticsView.Write(context.Output, report.Findings.Where(finding => finding.Severity == Severity.Warning));
        if (!report.Valid)
        {
            throw new BadInputException(report.Findings);
        }

        var built = new Built(target, image.Reference.ToString(), image.Manifest.Descriptor.Digest, $"{image.Platform.Os}/{image.Platform.Architecture}", image.Size);
        context.Output.Tell("ExtensionImage", built, console => console.WriteLine($"{target}: {built.Reference} for {built.Platform}, {built.Bytes:N0} bytes, {built.Digest}"));
        return ExitCodes.Ok;
    }

    private static async Task<byte[]> PartAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var path = context.FullPath(name);
        try
        {
            return await File.ReadAllBytesAsync(path, cancellationToken);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw TextFiles.Bad(name, "there is no such file", null, "image/build.sh in Slipway's sources makes agent, filter and image");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw TextFiles.Bad(name, $"cannot be read: {error.Message}", null);
        }
    }

    private sealed record Built(string File, string Reference, string Digest, string Platform, long Bytes);
}
