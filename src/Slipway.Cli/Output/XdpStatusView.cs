using Slipway.Cli.Filter;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>The filters of a cluster, one interface a line, and below what is wrong.</summary>
internal static class XdpStatusView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<NodeWord> words)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "MODE", "INTERFACE", "ATTACHED", "SLOT HELD BY", "PEERS", "SEEN", "DROPPED", "WOULD DROP", "STAKE");
        foreach (var word in words)
        {
            if (word.Status is not { } status)
            {
                Row(table, word, "-", "-", "none", "-", "-", "-", "-", "-", "-");
                continue;
            }

            var traffic = Traffic.Of(status);
            var links = status.Interfaces.Select(link => (link.Name, link.Attach, Owner: link.Owner.Length > 0 ? link.Owner : "-")).DefaultIfEmpty(("-", "none", "-"));
            foreach (var (name, attach, owner) in links)
            {
                Row(
                    table, word, status.Mode.ToString().ToLowerInvariant(), name, attach, owner, status.Tables is { } tables ? $"{tables.Peers:N0}" : "-",
                    $"{traffic.Packets:N0}", $"{traffic.Dropped:N0}", $"{traffic.WouldDrop:N0}", status.Stake?.AgeSeconds is { } age ? $"{age:N0} s old" : "-");
            }
        }

        console.Write(table);
        foreach (var word in words)
        {
            foreach (var problem in word.Problems)
            {
                console.MarkupLineInterpolated($"[yellow]{word.Node} ({word.Address}): {problem.ReplaceLineEndings(" ")}[/]");
            }
        }
    }

    private static void Row(Table table, NodeWord word, params string[] cells) =>
        table.AddRow([new Text(word.Node, new Style(word.Healthy ? Color.Green : Color.Yellow)), .. cells.Select(cell => new Text(cell.ReplaceLineEndings(" ")))]);
}
