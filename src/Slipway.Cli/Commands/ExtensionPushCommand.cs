using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Output;
using Slipway.Core.Failures;
using Slipway.Extension.Checking;
using Slipway.Extension.Oci;
using Slipway.Extension.Pushing;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class ExtensionPushCommand : SlipwayCommand
{
    private readonly Argument<string> _image = new("image")
    {
        Description = "an OCI layout: a folder, or a tar of one",
        CompletionSources = { FileCompletions.Source(".tar") },
    };

    private readonly Argument<string> _reference = new("reference") { Description = "where it goes: registry/name:tag" };

    public ExtensionPushCommand()
        : base("push", "Push an extension's image to a registry, with the login that docker or podman left")
    {
        Arguments.Add(_image);
        Arguments.Add(_reference);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway extension push slipway-xdp.tar registry.example/slipway-xdp:0.1.0", "after 'docker login registry.example'"),
        new("slipway extension push slipway-xdp.tar localhost:5000/slipway-xdp:0.1.0", "a registry on this machine is spoken to without TLS"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var (name, text) = (context.Get(_image)!, context.Get(_reference)!);
        if (!ImageReference.TryParse(text, out var reference) || reference is { Registry: null } or { Tag: null } or { Digest: not null })
        {
            throw new SlipwayException(FailureReason.BadInput, $"'{text}' names no place to push to") { Expected = "registry.example/name:tag" };
        }

        var path = context.FullPath(name);
        var report = ExtensionChecker.Check(name, path, null, CheckLimits.Default);
        if (!report.Valid)
        {
            throw new BadInputException(report.Findings);
        }

        DiagnosticsView.Write(context.Output, report.Findings);
        using var http = new HttpClient { Timeout = RegistryPusher.Timeout };
        var pushed = await new RegistryPusher(http, registry => DockerConfig.Find(DockerFolder(context), registry)).PushAsync(path, reference, cancellationToken);
        var result = new Pushed(reference.ToString(), $"{reference.Name}@{pushed.Digest}", pushed.Sent, pushed.Present, pushed.Bytes);
        context.Output.Tell("ExtensionPush", result, console =>
            console.WriteLine($"{result.Reference}: {result.Sent} parts sent ({result.Bytes:N0} bytes), {result.Present} were there\n  pinned    {result.Pinned}"));
        return ExitCodes.Ok;
    }

    private static string DockerFolder(CommandContext context) =>
        context.Environment.Variable("DOCKER_CONFIG") is { Length: > 0 } folder ? folder : Path.Combine(context.Environment.Variable("HOME") ?? "/", ".docker");

    private sealed record Pushed(string Reference, string Pinned, int Sent, int Present, long Bytes);
}
