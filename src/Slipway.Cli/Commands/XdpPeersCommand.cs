using System.CommandLine;
using Slipway.Cli.Filter;
using Slipway.Cli.Input;
using Slipway.Xdp;
using Slipway.Xdp.Status;
using Spectre.Console;

namespace Slipway.Cli.Commands;

internal sealed class XdpPeersCommand : SlipwayCommand
{
    private const int Shown = 40;

    private readonly XdpNodes _nodes;
    private readonly Option<PeerClass?> _class = new("--class") { Description = "only peers of this class, all of them (default the heaviest of each node)" };

    public XdpPeersCommand()
        : base("peers", "Show whom the filters know: stakeholders by weight, the operator, the cluster's nodes, the banned")
    {
        _nodes = new XdpNodes(this);
        Options.Add(_class);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway xdp peers -f cluster.yaml --node w1", "the heaviest stakeholders and everybody with a class of their own"),
        new("slipway xdp peers --class banned -o json", "for a script, without a limit"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        var words = await new FilterReader(workspace.Fleet, workspace.Time).ReadAsync(_nodes.Of(context, workspace), tables: true, cancellationToken);
        var wanted = context.Get(_class);
        var nodes = words.Select(word => new NodePeers(word.Node, word.Tables?.WrittenAt, Sorted(word.Tables, wanted), word.Tables is null ? word.Problems : [])).ToList();
        context.Output.Tell("XdpPeers", new Peers(workspace.Spec.Name, nodes), console => Write(console, nodes, wanted is null ? Shown : int.MaxValue));
        return nodes.All(node => node.WrittenAt is not null) ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static IReadOnlyList<PeerStatus> Sorted(AgentTables? tables, PeerClass? wanted) =>
    [
        .. (tables?.Peers ?? []).Where(peer => wanted is null || peer.Class == wanted)
            .OrderByDescending(peer => peer.Lamports).ThenByDescending(peer => peer.Class).ThenBy(peer => peer.Network, StringComparer.Ordinal),
    ];

    private static void Write(IAnsiConsole console, IReadOnlyList<NodePeers> nodes, int most)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "NETWORK", "CLASS", "WEIGHT", "STAKE (SOL)");
        foreach (var node in nodes)
        {
            foreach (var peer in node.Peers.Take(most))
            {
                table.AddRow(
                    new Text(node.Node), new Text(peer.Network), new Text(peer.Class.ToString().ToLowerInvariant()),
                    new Text(peer.Class == PeerClass.Staked ? $"{peer.Weight}" : "-"), new Text(peer.Lamports > 0 ? $"{peer.Lamports / 1e9:N0}" : "-"));
            }
        }

        console.Write(table);
        foreach (var node in nodes)
        {
            if (node.Peers.Count > most)
            {
                console.WriteLine($"{node.Node}: {node.Peers.Count - most:N0} more");
            }

            foreach (var problem in node.Problems.DefaultIfEmpty(node.WrittenAt is null ? $"there is no {FilterReader.TablesFile} to be read" : ""))
            {
                if (problem.Length > 0)
                {
                    console.MarkupLineInterpolated($"[yellow]{node.Node}: {problem.ReplaceLineEndings(" ")}[/]");
                }
            }
        }
    }

    private sealed record Peers(string Cluster, IReadOnlyList<NodePeers> Nodes);

    private sealed record NodePeers(string Node, DateTimeOffset? WrittenAt, IReadOnlyList<PeerStatus> Peers, IReadOnlyList<string> Problems);
}
