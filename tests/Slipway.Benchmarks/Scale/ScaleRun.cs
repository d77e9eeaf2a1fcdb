using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Slipway.Benchmarks.Measuring;
using Slipway.Cli;

namespace Slipway.Benchmarks.Scale;

/// <summary>One rehearsal through the front door: <c>slipway rehearse</c>, in a process of its own.</summary>
internal static class ScaleRun
{
    public const string Name = "run-scale";

    private const int ControlPlanes = 3;

    public static Command Command()
    {
        var nodes = new Argument<int>("nodes");
        var command = new Command(Name) { nodes };
        command.Hidden = true;
        command.SetAction(async (parsed, cancellationToken) => Child.Answer(await MeasureAsync(parsed.GetValue(nodes), cancellationToken)));
        return command;
    }

    private static async Task<ScaleRow> MeasureAsync(int nodes, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("slipway-scale-");
        try
        {
            var output = new StringWriter();
            var started = Stopwatch.GetTimestamp();
            var workers = (nodes - ControlPlanes).ToString(CultureInfo.InvariantCulture);
            var code = await new CliApplication(Environment(output)).RunAsync(
                ["rehearse", "--control-planes", $"{ControlPlanes}", "--workers", workers, "--dir", folder.FullName, "-o", "json", "--progress", "plain"], cancellationToken);
            var figures = ProcessFigures.Now();
            return code == ExitCodes.Ok
                ? Row(nodes, figures, Stopwatch.GetElapsedTime(started), JsonNode.Parse(output.ToString())!, Path.Combine(folder.FullName, "ledger.ndjson"))
                : throw new InvalidOperationException($"the rehearsal of {nodes} nodes ended with exit code {code}: {output}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Progress is written out in full, as into a log, and thrown away unless somebody wants to see it.</summary>
    private static CliEnvironment Environment(TextWriter output) => CliEnvironment.OfProcess() with
    {
        Out = output,
        Error = System.Environment.GetEnvironmentVariable("SLIPWAY_BENCHMARK_PROGRESS") is null ? TextWriter.Null : Console.Error,
        OutIsTerminal = false,
        ErrorIsTerminal = false,
    };

    private static ScaleRow Row(int nodes, ProcessFigures figures, TimeSpan wall, JsonNode result, string ledger)
    {
        var report = result["report"]!;
        return new ScaleRow(
            nodes,
            report["elapsedSeconds"]!.GetValue<double>(),
            LedgerFile.SlowestNode(ledger).TotalSeconds,
            Math.Round(figures.Cpu.TotalSeconds, 2),
            Math.Round(figures.ChildrenCpu.TotalSeconds, 2),
            Math.Round(wall.TotalSeconds, 1),
            figures.PeakResident,
            report["done"]!.AsArray().Count,
            report["phases"]!.AsArray().ToDictionary(phase => phase!["phase"]!.GetValue<string>(), phase => phase!["elapsedSeconds"]!.GetValue<double>()));
    }
}
