using Slipway.Cli.Input;

namespace Slipway.Cli.Commands;

internal sealed class TalosconfigCommand : SlipwayCommand
{
    private readonly AccessFile _file;

    public TalosconfigCommand()
        : base("talosconfig", "Write a talosconfig for talosctl, with a fresh client certificate") => _file = new AccessFile("talosconfig", this);

    public override IReadOnlyList<Example> Examples { get; } = [new("slipway talosconfig -f cluster.yaml", "writes ./talosconfig; no node is asked")];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        AccessFile.DemandSecrets(workspace);
        return _file.Write(context, workspace.Desired.Talosconfig);
    }
}
