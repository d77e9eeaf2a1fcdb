using Slipway.Cli.Filter;
using Slipway.Cli.Input;
using Slipway.Cli.Output;

namespace Slipway.Cli.Commands;

internal sealed class XdpStatusCommand : SlipwayCommand
{
    private readonly XdpNodes _nodes;

    public XdpStatusCommand()
        : base("status", "Tell what the XDP filter of each node says of itself; ends with 1 when one has no filter, or a problem") => _nodes = new XdpNodes(this);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway xdp status -f cluster.yaml", "mode, interfaces, how the filter is attached and what it dropped"),
        new("slipway xdp status --node w1 -o json", "everything that the node's agent tells"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        var words = await new FilterReader(workspace.Fleet, workspace.Time).ReadAsync(_nodes.Of(context, workspace), tables: false, cancellationToken);
        context.Output.Tell("XdpStatus", new Statuses(workspace.Spec.Name, words), console => XdpStatusView.Write(console, words));
        return words.All(word => word.Healthy) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private sealed record Statuses(string Cluster, IReadOnlyList<NodeWord> Nodes);
}
