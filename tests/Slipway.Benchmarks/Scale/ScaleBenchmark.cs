using System.CommandLine;
using System.Globalization;
using Slipway.Benchmarks.Measuring;

namespace Slipway.Benchmarks.Scale;

/// <summary>Whole day-0 runs of growing fleets: nothing may grow faster than the fleet, and the run no faster than its slowest node.</summary>
internal static class ScaleBenchmark
{
    public static Command Command()
    {
        var (sizes, format, phases) = (Figures.Sizes("3,10,100,500"), Figures.Format(), new Option<bool>("--phases") { Description = "virtual time of each phase too" });
        var command = new Command("scale", "rehearse fleets of several sizes from blank machines to policies") { sizes, format, phases };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var rows = new List<ScaleRow>();
            foreach (var nodes in Figures.ParseSizes(parsed.GetValue(sizes)!))
            {
                await Console.Error.WriteLineAsync($"{nodes} nodes ...");
                rows.Add(await Child.AskAsync<ScaleRow>(cancellationToken, ScaleRun.Name, nodes.ToString(CultureInfo.InvariantCulture)));
            }

            if (parsed.GetValue(format) == "json")
            {
                Figures.WriteJson("scale", rows);
                return;
            }

            Write(rows, Console.Out);
            if (parsed.GetValue(phases))
            {
                WritePhases(rows, Console.Out);
            }
        });
        return command;
    }

    private static void Write(List<ScaleRow> rows, TextWriter output)
    {
        output.WriteLine(Machine.This());
        var table = new Table("nodes", "run (virtual)", "slowest node", "ratio", "CPU s", "CPU ms/node", "helm CPU s", "wall s", "peak MB", "MB/node", "effects");
        foreach (var row in rows)
        {
            table.Add(
                Figures.Text(row.Nodes, "0"),
                Figures.Clock(row.RunSeconds),
                Figures.Clock(row.SlowestNodeSeconds),
                Figures.Text(row.Ratio, "0.00"),
                Figures.Text(row.CpuSeconds, "0.0"),
                Figures.Text(row.CpuMillisecondsPerNode, "0"),
                Figures.Text(row.HelmCpuSeconds, "0.0"),
                Figures.Text(row.WallSeconds, "0.0"),
                Figures.Megabytes(row.PeakBytes),
                Figures.Megabytes(row.PeakBytesPerNode),
                Figures.Text(row.Effects, "0"));
        }

        table.Write(output);
    }

    private static void WritePhases(List<ScaleRow> rows, TextWriter output)
    {
        output.WriteLine();
        var table = new Table(["phase", .. rows.Select(row => $"{row.Nodes} nodes")]);
        foreach (var phase in rows[0].Phases.Keys)
        {
            table.Add([phase, .. rows.Select(row => Figures.Text(row.Phases.GetValueOrDefault(phase), "0.0"))]);
        }

        table.Write(output);
    }
}
