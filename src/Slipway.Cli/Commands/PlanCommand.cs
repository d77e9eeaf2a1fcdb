using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Engine.Journaling;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

internal sealed class PlanCommand : SlipwayCommand
{
    private readonly Option<bool> _detailed = new("--detailed-exitcode") { Description = "end with 2 when there are changes, 0 when there are none" };

    public PlanCommand()
        : base("plan", "Look at the nodes and tell what a run would do, and what it costs; changes nothing") => Options.Add(_detailed);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway plan -f cluster.yaml", "what would happen, node by node"),
        new("slipway plan -f cluster.yaml --detailed-exitcode -o json", "for a pipeline that watches for drift"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        TalosconfigWarnings.Tell(context, workspace);
        var run = workspace.Context(new NoEffects(workspace.Folder.Path), new Reporting.NoReporter());
        var plan = (await ClusterStatus.LookAsync(run, cancellationToken)).Pending;
        context.Output.Tell("Plan", plan, console => PlanView.Write(console, plan));
        return context.Get(_detailed) && !plan.IsEmpty ? ExitCodes.ChangesPending : ExitCodes.Ok;
    }
}
