using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Cli.Reporting;
using Slipway.Core.Planning;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Reporting;
using Slipway.Engine.Running;
using Slipway.Rehearsal;

namespace Slipway.Cli.Commands;

internal sealed class UpCommand : SlipwayCommand
{
    private readonly Option<bool> _mayLose = new("--yes-i-may-lose-it")
    {
        Description = "send network changes that cannot be tried first: a mistake in them leaves the node to its console",
    };

    private readonly DrainFlags _drain = new();

    public UpCommand()
        : base("up", "Bring the cluster up, or bring it back to what the spec says; safe to repeat")
    {
        Options.Add(_mayLose);
        foreach (var option in _drain.All)
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway up -f cluster.yaml", "shows the plan, asks, and does it; the same command goes on after an interruption"),
        new("slipway up -f cluster.yaml --yes --progress json", "for a pipeline"),
        new("slipway up -f cluster.yaml --drain-timeout 30m --delete-emptydir-data", "an upgrade that gives pods longer to leave, and lets them lose their scratch space"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        workspace.Options = workspace.Options with { MayLoseNodes = context.Get(_mayLose), Drain = _drain.Of(context) };
        TalosconfigWarnings.Tell(context, workspace);
        using var held = RunLock.Take(workspace.Folder);
        var look = workspace.Context(new NoEffects(workspace.Folder.Path), new NoReporter());
        var plan = (await ClusterStatus.LookAsync(look, cancellationToken)).Pending;
        if (!Approved(context, plan))
        {
            context.Output.Note($"nothing was changed");
            return ExitCodes.Ok;
        }

        var report = await RunAsync(context, workspace, plan, new NoReporter(), cancellationToken);
        context.Output.Tell("RunReport", report, console => ReportView.Write(console, report));
        return ExitCodes.Ok;
    }

    /// <summary>The run itself, told as --progress asks; the reporter has drawn its last line when this returns.</summary>
    /// <param name="onlooker">Is told of everything as well.</param>
    public static async Task<RunReport> RunAsync(CommandContext context, Workspace workspace, Plan plan, IReporter onlooker, CancellationToken cancellationToken)
    {
        TellOfLastRun(context, JournalReader.Last(workspace.Folder));
        using var file = FileJournal.Start(workspace.Folder, workspace.Time);
        // Only a rehearsal sets the variable: it proves that a run which dies anywhere can be gone on with.
        IJournal journal = context.Environment.Variable(DeathPoint.Variable) is { Length: > 0 } death ? new MortalJournal(file, DeathPoint.Parse(death)) : file;
        journal.Keep("plan.json", Json.Document("Plan", plan).ToJsonString(Json.Pretty));
        var reporter = Reporters.For(context);
        try
        {
            return await new Runner(workspace.Context(journal, new CompositeReporter(reporter, onlooker))).RunAsync(cancellationToken);
        }
        catch (Exception)
        {
            // The view must have let go of the terminal before anything else is printed.
            await StopAsync(reporter);
            context.Output.Note($"journal: {journal.Folder}");
            throw;
        }
        finally
        {
            await StopAsync(reporter);
        }
    }

    private static void TellOfLastRun(CommandContext context, RunRecord? last)
    {
        if (last is { Finished: false })
        {
            var where = last.Unfinished is [var line, ..] ? $" in the middle of: {line.Target}: {line.Text}" : "";
            context.Output.Note($"the last run was cut off{where}; going on from what is true now");
        }
    }

    private static async ValueTask StopAsync(IReporter reporter)
    {
        if (reporter is IAsyncDisposable view)
        {
            await view.DisposeAsync();
        }
    }

    /// <summary>Asks only where somebody can answer, and only when there is something to approve.</summary>
    private static bool Approved(CommandContext context, Plan plan)
    {
        if (context.Settings.Yes || plan.IsEmpty || !context.Environment.InIsTerminal || !context.Environment.ErrorIsTerminal)
        {
            return true;
        }

        PlanView.Write(context.Output.Notes, plan);
        context.Output.Note($"Do this? Type [bold]yes[/] to go on:");
        return context.Environment.In.ReadLine()?.Trim() is "yes" or "y";
    }
}
