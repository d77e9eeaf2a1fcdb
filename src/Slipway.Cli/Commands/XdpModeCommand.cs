using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Cli.Reporting;
using Slipway.Core.Failures;
using Slipway.Core.Layouts;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Journaling;
using Slipway.Engine.Running;

namespace Slipway.Cli.Commands;

internal sealed class XdpModeCommand : SlipwayCommand
{
    /// <summary>As a plan names the document that the agents' configuration travels in.</summary>
    private const string Document = "ExtensionServiceConfig/slipway-xdp";

    private readonly Argument<XdpMode> _mode = Choice.Argument<XdpMode>("mode", "observe counts what would be dropped, enforce drops, off passes everything");

    public XdpModeCommand()
        : base("mode", "Put the filters into another mode: writes it into the spec, shows the plan, asks, and sends the agents' configuration") =>
        Arguments.Add(_mode);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway xdp mode enforce -f cluster.yaml", "after a time of observe in which 'would drop' was what should be dropped"),
        new("slipway xdp mode observe -f cluster.yaml --yes", "back at once, without a question"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var mode = context.Get(_mode);
        var request = await Workspaces.RequestAsync(context, cancellationToken);
        if (context.Settings.File == TextFiles.StandardInput)
        {
            throw TextFiles.Bad("-", "the mode is written into the spec, which therefore has to be a file", "-f cluster.yaml");
        }

        var text = SpecText.WithXdpMode(request.File, request.Text, mode)
            ?? throw TextFiles.Bad(request.File, "there is no place for the mode that could be found by itself", "a mapping 'xdp' with the key 'mode'", $"write 'xdp: {{mode: {mode.ToString().ToLowerInvariant()}}}' yourself, and run 'slipway up'");
        await using var workspace = WorkspaceLoader.Load(request with { Text = text });
        context.Output.Redactor.Register(workspace.Secrets);
        DiagnosticsView.Write(context.Output, workspace.Warnings);
        if (mode != XdpMode.Off && !workspace.Spec.Nodes.Any(node => AgentConfigJson.IsWanted(workspace.Spec, node)))
        {
            throw TextFiles.Bad(request.File, "no node of the spec is a validator's: there is nothing to filter", "a node with a validator's profile");
        }

        using var held = RunLock.Take(workspace.Folder);
        var plan = (await ClusterStatus.LookAsync(workspace.Context(new NoEffects(workspace.Folder.Path), new NoReporter()), cancellationToken)).Pending;
        Demand(plan);
        if (!Approved(context, plan, mode))
        {
            context.Output.Note($"nothing was changed");
            return ExitCodes.Ok;
        }

        Write(context.FullPath(request.File), text);
        var report = await UpCommand.RunAsync(context, workspace, plan, new NoReporter(), cancellationToken);
        context.Output.Tell("RunReport", report, console => ReportView.Write(console, report));
        return ExitCodes.Ok;
    }

    /// <summary>Whoever changes the filter's mode in a hurry must not upgrade a node by it.</summary>
    private static void Demand(Plan plan)
    {
        if (plan.Actions.FirstOrDefault(action => action.Changes.Count == 0 || action.Changes.Any(change => change.Document != Document)) is { } other)
        {
            throw new SlipwayException(FailureReason.Unsafe, "more than the filter's mode would change")
            {
                Expected = "a cluster that is as the spec says, but for the mode",
                Found = $"{other.Target}: {other.Summary}",
                Hint = "'slipway plan' shows all of it, and 'slipway up' does it",
            };
        }
    }

    private static bool Approved(CommandContext context, Plan plan, XdpMode mode)
    {
        if (context.Settings.Yes)
        {
            return true;
        }

        PlanView.Write(context.Output.Notes, plan);
        if (!context.Environment.InIsTerminal || !context.Environment.ErrorIsTerminal)
        {
            return mode != XdpMode.Enforce
                ? true
                : throw new SlipwayException(FailureReason.Unsafe, "nobody is there to be asked, and enforce drops packets") { Hint = "--yes says that it is wanted" };
        }

        context.Output.Note($"Do this? Type [bold]yes[/] to go on:");
        return context.Environment.In.ReadLine()?.Trim() is "yes" or "y";
    }

    private static void Write(string path, string text)
    {
        var draft = path + ".partial";
        try
        {
            File.WriteAllText(draft, text);
            File.SetUnixFileMode(draft, File.GetUnixFileMode(path));
            File.Move(draft, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new SlipwayException(FailureReason.LocalState, $"the mode could not be written into {path}: {error.Message}", error) { Hint = "nothing was sent to any node" };
        }
    }
}
