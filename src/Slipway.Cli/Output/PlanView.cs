using Slipway.Core.Planning;
using Spectre.Console;

namespace Slipway.Cli.Output;

/// <summary>A plan as people read it: by phase, then by what it falls on, with what it costs, and one line that counts.</summary>
internal static class PlanView
{
    public static void Write(IAnsiConsole console, Plan plan)
    {
        foreach (var warning in plan.Warnings)
        {
            console.MarkupLineInterpolated($"[yellow]warning:[/] {warning}");
        }

        if (plan.IsEmpty)
        {
            console.WriteLine("No changes. What is there is what the spec says.");
            return;
        }

        // A phase that comes twice in the order of the run is shown twice: the order is what an operator approves.
        foreach (var phase in Runs(plan.Actions, action => action.Phase))
        {
            console.MarkupLineInterpolated($"[bold]{phase[0].Phase}[/]");
            foreach (var target in Runs(phase, action => action.Target))
            {
                console.WriteLine($"  {target[0].Target}");
                foreach (var action in target)
                {
                    Write(console, action);
                }
            }

            console.WriteLine();
        }

        console.MarkupLineInterpolated($"[bold]Plan:[/] {Totals(plan)}");
    }

    /// <summary><c>3 to create, 1 to update, 0 to delete, 2 to execute; 3 installs, 1 reboot</c></summary>
    public static string Totals(Plan plan)
    {
        var kinds = $"{Count(ActionKind.Create)} to create, {Count(ActionKind.Update)} to update, {Count(ActionKind.Delete)} to delete, {Count(ActionKind.Execute)} to execute";
        var costs = ((ActionCost Cost, string Name)[])[(ActionCost.Install, "install"), (ActionCost.Upgrade, "upgrade"), (ActionCost.Reboot, "reboot")];
        var told = costs
            .Select(cost => (cost.Name, Number: plan.Actions.Count(action => action.Cost == cost.Cost)))
            .Where(cost => cost.Number > 0)
            .Select(cost => $"{cost.Number} {cost.Name}{(cost.Number == 1 ? "" : "s")}")
            .ToList();
        return told.Count > 0 ? $"{kinds}; {string.Join(", ", told)}" : kinds;

        int Count(ActionKind kind) => plan.Actions.Count(action => action.Kind == kind);
    }

    private static void Write(IAnsiConsole console, PlannedAction action)
    {
        var (sign, color) = Symbols.Of(action.Kind);
        console.Write(new Text($"    {sign} ", Style.Parse(color)));
        console.Write(new Text(action.Summary));
        console.Write(new Text($"  ({Choice.Word(action.Cost)})", Style.Parse(Symbols.Color(action.Cost))));
        console.WriteLine();
        ChangesView.Write(console, action.Changes, indent: "        ");
    }

    private static IEnumerable<List<PlannedAction>> Runs(IEnumerable<PlannedAction> actions, Func<PlannedAction, string> key)
    {
        List<PlannedAction> run = [];
        foreach (var action in actions)
        {
            if (run.Count > 0 && key(run[0]) != key(action))
            {
                yield return run;
                run = [];
            }

            run.Add(action);
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }
}
