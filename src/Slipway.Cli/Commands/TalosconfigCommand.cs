using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Core.Secrets;
using Slipway.Talos.Pki;

namespace Slipway.Cli.Commands;

internal sealed class TalosconfigCommand : SlipwayCommand
{
    private readonly AccessFile _file;

    private readonly Option<string[]> _roles = new("--roles")
    {
        Description = $"what it may do, with commas between them: {string.Join(", ", TalosRoles.All)} (default os:admin, or what is renewed)",
        HelpName = "role,role",
        CompletionSources = { TalosRoles.All.ToArray() },
    };

    private readonly Option<TimeSpan?> _life = DurationOption.Named(
        "--ttl", "how long the certificate holds (default 365d, or as long as what is renewed)", TimeSpan.FromMinutes(5), TimeSpan.FromDays(3650));

    private readonly Option<string?> _context = new("--context") { Description = "name of the context (default the cluster's name; with --renew all contexts of the cluster)", HelpName = "name" };

    private readonly Option<bool> _renew = new("--renew") { Description = "put new certificates into the file that is there; everything else in it stays as it is" };

    private readonly Option<bool> _check = new("--check") { Description = "only tell how long the certificates of the file still hold; ends with 2 when one should be renewed" };

    public TalosconfigCommand()
        : base("talosconfig", "Write a talosconfig for talosctl with a fresh client certificate, or renew the one that is there")
    {
        _file = new AccessFile("talosconfig", this);
        foreach (var option in (Option[])[_roles, _life, _context, _renew, _check])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway talosconfig -f cluster.yaml", "writes ./talosconfig for an administrator; no node is asked"),
        new("slipway talosconfig reader.yaml --roles os:reader --ttl 30d", "for a colleague who only looks"),
        new("slipway talosconfig ~/.talos/config --check", "which certificates end when; exit code 2 when one is due"),
        new("slipway talosconfig ~/.talos/config --renew", "new certificates with the same roles, from the cluster's secrets; other contexts stay"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Get(_check))
        {
            return await TalosconfigLife.TellAsync(context, _file.PathOf(context), cancellationToken);
        }

        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        AccessFile.DemandSecrets(workspace);
        var (roles, secrets) = (Roles(context.Get(_roles) ?? []), Bundle(workspace));
        if (context.Get(_renew))
        {
            var wish = new RenewalWish(roles, context.Get(_life), context.Get(_context));
            return await TalosconfigLife.RenewAsync(context, _file.PathOf(context), secrets.Os, wish, cancellationToken);
        }

        var identity = ClientIdentity.MintForTalosconfig(
            secrets.Os, roles ?? [TalosRoles.Admin], context.Get(_life) ?? WorkspaceLoader.OperatorIdentity, context.Environment.Time.GetUtcNow());
        return _file.Write(context, OperatorTalosconfig.Write(workspace.Spec, secrets.Os, identity.Pair, context.Get(_context)));
    }

    /// <summary>Null when none were given.</summary>
    private static List<string>? Roles(string[] given)
    {
        List<string> roles = [.. given.SelectMany(value => value.Split(',')).Select(role => role.Trim()).Distinct()];
        return roles.Find(role => !TalosRoles.All.Contains(role)) is { } unknown
            ? throw RehearseOptions.Bad("--roles", $"'{unknown}' is not a role that Talos gives to clients", string.Join(", ", TalosRoles.All), null)
            : roles.Count == 0 ? null : roles;
    }

    private static SecretsBundle Bundle(Workspace workspace)
    {
        var (bundle, findings) = SecretsYaml.Read(workspace.Desired.SecretsPath, workspace.Desired.SecretsYaml.Reveal());
        return bundle ?? throw new BadInputException(findings);
    }
}
