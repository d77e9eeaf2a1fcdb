using System.CommandLine;
using System.Globalization;
using Slipway.Benchmarks.Measuring;

namespace Slipway.Benchmarks.Connections;

/// <summary>500 simultaneous Talos connections in one client; the nodes are in another process.</summary>
internal static class ConnectionsBenchmark
{
    /// <summary>What a client may take with 500 connections.</summary>
    private const long Limit = 150 * 1024 * 1024;

    public static Command Command()
    {
        var nodes = new Option<int>("--nodes") { Description = "how many", DefaultValueFactory = _ => 500 };
        var format = Figures.Format();
        var command = new Command("connections", "hold a connection to every node at once, by the minted and by a foreign identity") { nodes, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = await MeasureAsync(parsed.GetValue(nodes), cancellationToken);
            if (parsed.GetValue(format) == "json")
            {
                Figures.WriteJson("connections", rows);
            }
            else
            {
                Write(rows, Console.Out);
            }

            return rows.All(row => row.PeakBytes < Limit) ? 0 : 1;
        });
        return command;
    }

    private static async Task<IReadOnlyList<ConnectionsRow>> MeasureAsync(int nodes, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-connections-");
        try
        {
            await Console.Error.WriteLineAsync($"configuring {nodes} nodes ...");
            await using var standing = Child.Start(StandingNodes.Name, folder.FullName, nodes.ToString(CultureInfo.InvariantCulture));
            await standing.AnswerAsync<int>(cancellationToken);
            var rows = new List<ConnectionsRow>();
            foreach (var identity in (string[])["ecdsa", "ed25519"])
            {
                await Console.Error.WriteLineAsync($"{identity} ...");
                rows.Add(await Child.AskAsync<ConnectionsRow>(cancellationToken, HeldConnections.Name, folder.FullName, identity));
            }

            return rows;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Write(IReadOnlyList<ConnectionsRow> rows, TextWriter output)
    {
        output.WriteLine(Machine.This());
        var table = new Table("identity", "connections", "before MB", "after MB", "peak MB", "live MB", "KB/connection", "CPU ms/connection", "wall s");
        foreach (var row in rows)
        {
            table.Add(
                row.Identity,
                Figures.Text(row.Sockets, "0"),
                Figures.Megabytes(row.BeforeBytes),
                Figures.Megabytes(row.AfterBytes),
                Figures.Megabytes(row.PeakBytes),
                Figures.Megabytes(row.ManagedBytes),
                Figures.Kilobytes(row.BytesPerConnection),
                Figures.Text(row.CpuMillisecondsPerNode, "0.0"),
                Figures.Text(row.WallSeconds, "0.0"));
        }

        table.Write(output);
    }
}
