using System.CommandLine;
using System.Globalization;
using Slipway.Benchmarks.Measuring;

namespace Slipway.Benchmarks.Rendering;

/// <summary>Machine configs of whole fleets: rendered, and compared with what the nodes have.</summary>
internal static class RenderBenchmark
{
    public static Command Command()
    {
        var (sizes, format) = (Figures.Sizes("10,100,500,1000"), Figures.Format());
        var command = new Command("render", "render and diff the machine configs of fleets of several sizes") { sizes, format };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = new List<RenderRow>();
            foreach (var nodes in Figures.ParseSizes(parsed.GetValue(sizes)!))
            {
                rows.Add(await Child.AskAsync<RenderRow>(cancellationToken, RenderRun.Name, nodes.ToString(CultureInfo.InvariantCulture)));
            }

            if (parsed.GetValue(format) == "json")
            {
                Figures.WriteJson("render", rows);
            }
            else
            {
                Write(rows, Console.Out);
            }
        });
        return command;
    }

    private static void Write(List<RenderRow> rows, TextWriter output)
    {
        output.WriteLine(Machine.This());
        var table = new Table("nodes", "cold s", "render s", "diff s", "CPU s", "CPU ms/node", "allocated MB", "MB/node", "held MB", "KB/node", "changes");
        foreach (var row in rows)
        {
            table.Add(
                Figures.Text(row.Nodes, "0"),
                Figures.Text(row.ColdRenderSeconds + row.ColdDiffSeconds, "0.00"),
                Figures.Text(row.RenderSeconds, "0.00"),
                Figures.Text(row.DiffSeconds, "0.00"),
                Figures.Text(row.CpuSeconds, "0.00"),
                Figures.Text(1000 * row.CpuSeconds / row.Nodes, "0.00"),
                Figures.Megabytes(row.AllocatedBytes),
                Figures.Text(row.AllocatedBytes / 1024.0 / 1024 / row.Nodes, "0.00"),
                Figures.Megabytes(row.HeldBytes),
                Figures.Kilobytes(row.HeldBytes / (double)row.Nodes),
                Figures.Text(row.Changes, "0"));
        }

        table.Write(output);
    }
}
