using Slipway.Engine.Running;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>How a run ended and what an operator does next.</summary>
internal static class ReportView
{
    public static void Write(IAnsiConsole console, RunReport report)
    {
        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "ADDRESS", "ROLE", "TALOS", "STATE");
        foreach (var node in report.Nodes)
        {
            table.AddRow(new Text(node.Name), new Text(node.Address), new Text(node.Role), new Text(node.Talos ?? "-"), new Text(node.State));
        }

        console.Write(table);
        console.WriteLine();
        foreach (var warning in report.Warnings)
        {
            console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        }

        var effects = report.Done.Count switch { 0 => "nothing had to be changed", 1 => "1 change", var many => $"{many} changes" };
        console.MarkupLineInterpolated($"[green]{report.Cluster} is up:[/] {effects} in {Durations.Short(report.Elapsed)}");
        console.WriteLine($"  journal      {report.JournalFolder}");
        console.WriteLine($"  talosconfig  {report.Talosconfig}");
        console.WriteLine($"  kubeconfig   {report.Kubeconfig}");
        console.WriteLine($"  next         kubectl --kubeconfig {report.Kubeconfig} get nodes");
    }
}
