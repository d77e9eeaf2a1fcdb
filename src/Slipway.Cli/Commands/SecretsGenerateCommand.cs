using System.CommandLine;
using System.Security.Cryptography;
using Slipway.Cli.Input;
using Slipway.Core.Secrets;
using Slipway.Core.Versions;
using Slipway.Engine.Files;
using Slipway.Talos.Pki;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class SecretsGenerateCommand : SlipwayCommand
{
    private readonly Option<string> _path = new("--output-file")
    {
        Description = "where to write them; a file that is there is never replaced (default secrets.yaml, - for standard output)",
        HelpName = "file",
        DefaultValueFactory = _ => "secrets.yaml",
    };

    private readonly Option<ReleaseVersion?> _talos = VersionOption.Talos("for nodes of which Talos version (default v1.13.0)");

    public SecretsGenerateCommand()
        : base("generate", "Make the secrets of a new cluster, in the format of talosctl gen secrets")
    {
        Options.Add(_path);
        Options.Add(_talos);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway secrets generate", "writes secrets.yaml with mode 0600 and names it in .gitignore"),
        new("slipway secrets generate --output-file - | sops encrypt --filename-override secrets.yaml /dev/stdin > secrets.enc.yaml", "never on a disk in the clear"),
    ];

    public override Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        using var random = RandomNumberGenerator.Create();
        var bundle = SecretsFactory.Create(context.Get(_talos) ?? VersionOption.DefaultTalos, context.Environment.Time.GetUtcNow(), random);
        var yaml = new Sensitive(SecretsYaml.Write(bundle));
        var name = context.Get(_path)!;
        if (name == TextFiles.StandardInput)
        {
            context.Output.Reveal(yaml);
            return Task.FromResult(ExitCodes.Ok);
        }

        var path = context.FullPath(name);
        SecretFiles.Create(path, yaml);
        context.Output.Tell("Secrets", new Written(path, bundle.ClusterId), console => console.WriteLine($"{path}: secrets of a new cluster, mode 0600"));
        context.Output.Hint("every node of the cluster, now and later, comes from this file: keep it safe");
        return Task.FromResult(ExitCodes.Ok);
    }

    private sealed record Written(string Path, string ClusterId);
}
