using Slipway.Cli.Input;
using Slipway.Core.Secrets;
using Slipway.Engine.Files;
using Slipway.Talos.Pki;
using Slipway.Talos.Talosconfig;
using Spectre.Console;

namespace Slipway.Cli.Commands;

/// <summary>How long the certificates of a talosconfig hold, and new ones in their place.</summary>
internal static class TalosconfigLife
{
    public static async Task<int> TellAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var now = context.Environment.Time.GetUtcNow();
        var config = TalosconfigText.Parse(name, await TextFiles.ReadAsync(context, name, cancellationToken));
        var certificates = ClientCertificate.Of(config).Select(certificate => new Checked(certificate.Context, certificate.Roles, certificate.NotAfter, certificate.IsDue(now), certificate.Describe(now))).ToList();
        context.Output.Tell("TalosconfigCheck", new Check(name, certificates), console =>
        {
            foreach (var certificate in certificates)
            {
                console.WriteLine($"{certificate.Context}: {string.Join(", ", certificate.Roles)}; {certificate.State}{(certificate.Due ? "; renew it" : "")}");
            }

            if (certificates.Count == 0)
            {
                console.WriteLine($"{name}: no context signs in with a certificate");
            }
        });
        return certificates.Exists(certificate => certificate.Due) ? ExitCodes.ChangesPending : ExitCodes.Ok;
    }

    public static async Task<int> RenewAsync(CommandContext context, string name, PemPair ca, RenewalWish wish, CancellationToken cancellationToken)
    {
        var text = await TextFiles.ReadAsync(context, name, cancellationToken);
        var config = TalosconfigText.Parse(name, text);
        var old = ClientCertificate.Of(config, ca.Certificate).Where(certificate => wish.Context is null || certificate.Context == wish.Context).ToList();
        if (old.Count == 0)
        {
            throw TextFiles.Bad(
                name,
                wish.Context is null ? "no context of this file belongs to the cluster" : $"the context '{wish.Context}' is not there, or belongs to another cluster",
                "a context with the CA of the cluster's secrets",
                $"the file has {(config.Contexts.Count == 0 ? "no contexts" : string.Join(", ", config.Contexts.Select(pair => pair.Key)))}; without --renew a new talosconfig is written");
        }

        var now = context.Environment.Time.GetUtcNow();
        var fresh = old.ToDictionary(certificate => certificate.Context, certificate => Mint(config, certificate, ca, wish, now));
        var renewed = TalosconfigRenewal.Replace(name, text, fresh.ToDictionary(pair => pair.Key, pair => pair.Value.Pair));
        if (name == TextFiles.StandardInput)
        {
            context.Output.Reveal(renewed);
            return ExitCodes.Ok;
        }

        // A link is followed, so that it stays one.
        var path = context.FullPath(name);
        var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        PrivateFiles.Write(target, renewed.Reveal());
        var rows = fresh.Select(pair => new Renewed(pair.Key, pair.Value.Roles, pair.Value.NotAfter)).ToList();
        context.Output.Tell("TalosconfigRenewal", new Renewal(path, rows), console =>
        {
            foreach (var row in rows)
            {
                console.WriteLine($"{row.Context}: {string.Join(", ", row.Roles)}; holds until {row.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC");
            }

            console.WriteLine($"{path}: mode 0600, everything else in it is as it was");
        });
        return ExitCodes.Ok;
    }

    private static ClientIdentity Mint(TalosClientConfig config, ClientCertificate old, PemPair ca, RenewalWish wish, DateTimeOffset now)
    {
        var before = ClientIdentity.Load(config.Find(old.Context)!.Client!, $"the context '{old.Context}'");
        return ClientIdentity.MintForTalosconfig(ca, wish.Roles ?? before.Roles, wish.Life ?? before.Lifetime, now);
    }

    private sealed record Check(string File, IReadOnlyList<Checked> Certificates);

    private sealed record Checked(string Context, IReadOnlyList<string> Roles, DateTimeOffset Until, bool Due, string State);

    private sealed record Renewal(string File, IReadOnlyList<Renewed> Certificates);

    private sealed record Renewed(string Context, IReadOnlyList<string> Roles, DateTimeOffset Until);
}
