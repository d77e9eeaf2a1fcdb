using Slipway.Cli.Output;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

internal sealed class PlanCommand() : LookCommand(
    "plan", "Look at the nodes and tell what a run would do, and what it costs; changes nothing", "end with 2 when there are changes, 0 when there are none")
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway plan -f cluster.yaml", "what would happen, node by node"),
        new("slipway plan -f cluster.yaml --detailed-exitcode -o json", "for a pipeline that watches for drift"),
    ];

    protected override bool Tell(CommandContext context, ClusterStatus seen)
    {
        context.Output.Tell("Plan", seen.Pending, console => PlanView.Write(console, seen.Pending));
        return seen.Pending.IsEmpty;
    }
}
