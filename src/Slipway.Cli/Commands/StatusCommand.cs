using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Engine.Journaling;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

internal sealed class StatusCommand : SlipwayCommand
{
    private readonly Option<bool> _detailed = new("--detailed-exitcode") { Description = "end with 2 when the cluster is not as the spec wants it" };

    public StatusCommand()
        : base("status", "Tell what is true of a cluster now; changes nothing") => Options.Add(_detailed);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway status -f cluster.yaml", "nodes, etcd, the Kubernetes API, Cilium and policies"),
        new("slipway status -f cluster.yaml -o json", "for a script"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        TalosconfigWarnings.Tell(context, workspace);
        var run = workspace.Context(new NoEffects(workspace.Folder.Path), new Reporting.NoReporter());
        var status = await ClusterStatus.LookAsync(run, cancellationToken);
        context.Output.Tell("ClusterStatus", status, console => StatusView.Write(console, status));
        return context.Get(_detailed) && !status.Converged ? ExitCodes.ChangesPending : ExitCodes.Ok;
    }
}
