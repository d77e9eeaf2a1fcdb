using System.CommandLine;
using System.Security.Cryptography;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
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

    private readonly Option<ReleaseVersion?> _talos = VersionOption.TalosLine("for nodes of which Talos version (default v1.13.0)");

    private readonly Option<TalosCa> _ca = Choice.Option<TalosCa>("--talos-ca", [], "kind of the Talos API's CA: ed25519 as talosctl makes it, or ecdsa-p256, which every TLS library can use");

    private readonly Option<string?> _from = new("--from-controlplane-config")
    {
        Description = "take the secrets of a running cluster out of the machine config of one of its control planes (- for standard input)",
        HelpName = "controlplane.yaml",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    public SecretsGenerateCommand()
        : base("generate", "Make the secrets of a new cluster, or get back those of one that runs, in the format of talosctl gen secrets")
    {
        Options.Add(_path);
        Options.Add(_talos);
        Options.Add(_ca);
        Options.Add(_from);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway secrets generate", "writes secrets.yaml with mode 0600 and names it in .gitignore"),
        new("slipway secrets generate --output-file - | sops encrypt --filename-override secrets.yaml /dev/stdin > secrets.enc.yaml", "never on a disk in the clear"),
        new("slipway secrets generate --from-controlplane-config cp1.yaml", "a cluster that others made: nodes that are added later come from these secrets"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var from = context.Get(_from);
        var bundle = from is null ? Make(context) : await TakeAsync(context, from, cancellationToken);
        context.Output.Redactor.Register(bundle);
        var yaml = new Sensitive(SecretsYaml.Write(bundle));
        var name = context.Get(_path)!;
        if (name == TextFiles.StandardInput)
        {
            context.Output.Reveal(yaml);
            return ExitCodes.Ok;
        }

        var path = context.FullPath(name);
        SecretFiles.Create(path, yaml);
        var whose = from is null ? "a new cluster" : $"the cluster of {from}";
        context.Output.Tell("Secrets", new Written(path, bundle.ClusterId), console => console.WriteLine($"{path}: secrets of {whose}, mode 0600"));
        context.Output.Hint("every node of the cluster, now and later, comes from this file: keep it safe");
        return ExitCodes.Ok;
    }

    private SecretsBundle Make(CommandContext context)
    {
        using var random = RandomNumberGenerator.Create();
        var talos = context.Get(_talos) ?? VersionOption.DefaultTalos;
        var options = context.Get(_ca) == TalosCa.EcdsaP256 ? SecretsOptions.Default with { TalosCa = KeyAlgorithm.EcdsaP256 } : SecretsOptions.Default;
        return SecretsFactory.Create(talos, context.Environment.Time.GetUtcNow(), random, options);
    }

    private async Task<SecretsBundle> TakeAsync(CommandContext context, string from, CancellationToken cancellationToken)
    {
        if (context.Get(_ca) != default)
        {
            throw RehearseOptions.Bad("--talos-ca", "the config names the CA that its cluster has", "no --talos-ca beside --from-controlplane-config", null);
        }

        var (bundle, findings) = SecretsFromConfig.Read(from, await TextFiles.ReadAsync(context, from, cancellationToken));
        return bundle ?? throw new BadInputException(findings);
    }

    private sealed record Written(string Path, string ClusterId);
}
