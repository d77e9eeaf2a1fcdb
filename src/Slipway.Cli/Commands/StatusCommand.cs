using Slipway.Cli.Output;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

internal sealed class StatusCommand() : LookCommand(
    "status", "Tell what is true of a cluster now; changes nothing", "end with 2 when the cluster is not as the spec wants it")
{
    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway status -f cluster.yaml", "nodes, etcd, the Kubernetes API, Cilium and policies"),
        new("slipway status -f cluster.yaml -o json", "for a script"),
    ];

    protected override bool Tell(CommandContext context, ClusterStatus seen)
    {
        context.Output.Tell("ClusterStatus", seen, console => StatusView.Write(console, seen));
        return seen.Converged;
    }
}
