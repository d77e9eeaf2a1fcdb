using Slipway.Engine.Running;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>What is true of a cluster, on one screen.</summary>
internal static class StatusView
{
    public static void Write(IAnsiConsole console, ClusterStatus status)
    {
        console.MarkupLineInterpolated($"[bold]{status.Cluster}[/]");
        Row("etcd", status.Etcd is { } members ? $"{members.Count} member{(members.Count == 1 ? "" : "s")}: {string.Join(", ", members)}" : "does not answer", status.Etcd is not null);
        Row("kubernetes", status.ApiReady ? "ready" : "does not answer", status.ApiReady);
        Row("cilium", status.Release ?? "not installed", status.Release is not null);
        Row("policies", $"{status.PoliciesPresent} of {status.PoliciesWanted}", status.PoliciesPresent == status.PoliciesWanted);
        console.WriteLine();

        var table = new Table().Border(TableBorder.None).AddColumns("NODE", "ADDRESS", "ROLE", "TALOS", "STATE", "KUBERNETES");
        foreach (var node in status.Nodes)
        {
            var kubernetes = node.KubernetesReady switch { true => "Ready", false => "NotReady", null => "-" };
            table.AddRow(
                new Text(node.Name), new Text(node.Address), new Text(node.Role), new Text(node.Talos ?? "-"),
                new Text(node.State.ReplaceLineEndings(" "), new Style(node.Ready ? Color.Green : Color.Yellow)), new Text(kubernetes));
        }

        console.Write(table);
        console.WriteLine();
        console.WriteLine(status.Converged ? "Everything is as the spec says." : $"Pending: {PlanView.Totals(status.Pending)}");

        void Row(string label, string text, bool good) => console.MarkupLineInterpolated($"  {label,-11} [{(good ? "green" : "yellow")}]{text}[/]");
    }
}
