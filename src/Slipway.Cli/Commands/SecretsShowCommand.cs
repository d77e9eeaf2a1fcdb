using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class SecretsShowCommand : SlipwayCommand
{
    private readonly Argument<string> _file = new("file")
    {
        Description = "a secrets file (default secrets.yaml)",
        DefaultValueFactory = _ => "secrets.yaml",
        CompletionSources = { FileCompletions.Source(".yaml", ".yml") },
    };

    private readonly Option<bool> _redacted = new("--redacted") { Description = "mask every key and token; this is also what happens without it" };

    public SecretsShowCommand()
        : base("show", "Show what a secrets file holds, without the secrets")
    {
        Arguments.Add(_file);
        Options.Add(_redacted);
    }

    public override IReadOnlyList<Example> Examples { get; } = [new("slipway secrets show --redacted secrets.yaml", "which certificates there are, with *** for the keys")];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var name = context.Get(_file)!;
        var (bundle, findings) = SecretsYaml.Read(name, await TextFiles.ReadAsync(context, name, cancellationToken));
        if (bundle is null)
        {
            throw new BadInputException(findings);
        }

        context.Output.Redactor.Register(bundle);
        context.Output.Tell("SecretsBundle", bundle, console =>
        {
            Row("cluster id", bundle.ClusterId);
            Row("etcd", Of(bundle.Etcd));
            Row("kubernetes", Of(bundle.Kubernetes));
            Row("aggregator", Of(bundle.KubernetesAggregator));
            Row("service accounts", Sensitive.Mask);
            Row("talos", Of(bundle.Os));
            Row("tokens", $"bootstrap {bundle.BootstrapToken}, trustd {bundle.TrustdToken}, cluster {bundle.ClusterSecret}");

            void Row(string label, string text) => console.WriteLine($"{label,-17} {text}");
        });
        return ExitCodes.Ok;
    }

    private static string Of(PemPair pair)
    {
        using var certificate = Slipway.Talos.Pki.CertificatePem.Read(pair.Certificate, "CA");
        var subject = certificate.Subject.Length > 0 ? certificate.Subject : "no subject";
        return $"CA ({subject}), valid until {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}, key {(pair.Key is null ? "absent" : Sensitive.Mask)}";
    }
}
