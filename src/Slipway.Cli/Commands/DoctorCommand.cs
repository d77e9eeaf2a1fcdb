using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Doctor;
using Slipway.Engine.Doctor;

namespace Slipway.Cli.Commands;

internal sealed class DoctorCommand : SlipwayCommand
{
    private readonly Option<string[]> _nodes = new("--node", "-n")
    {
        Description = "only this node, by its name in the spec, or by its address when there is no spec; may be given several times (default all)",
        HelpName = "name",
    };

    private readonly Option<string?> _talosconfig = new("--talosconfig")
    {
        Description = "look at nodes without a spec, judged by the config that they have (default where talosctl looks, if there is no cluster.yaml)",
        HelpName = "file",
        CompletionSources = { FileCompletions.Source("config", ".yaml") },
    };

    private readonly Option<string?> _context = new("--context") { Description = "the context of the talosconfig (default the one in use)", HelpName = "name" };

    private readonly Option<bool> _brief = new("--brief") { Description = "only what is not as it should be" };

    public DoctorCommand()
        : base("doctor", "Look at live nodes closely and tell what is not as it should be, why it matters and how to mend it; changes nothing")
    {
        Options.Add(_nodes);
        Options.Add(_talosconfig);
        Options.Add(_context);
        Options.Add(_brief);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway doctor -f cluster.yaml", "every node against the spec; ends with 4 when a check fails"),
        new("slipway doctor -f cluster.yaml --node w1 --brief", "what is wrong with one of them"),
        new("slipway doctor -f cluster.yaml -o json", "for a script"),
        new("slipway doctor --talosconfig ./talosconfig --node 10.0.0.21", "a node of a cluster that Slipway did not make"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var names = context.Get(_nodes) ?? [];
        if (Strangers(context, names) is { } strangers)
        {
            await using (strangers)
            {
                context.Output.Note($"no spec: nodes are judged by the config that they have ({strangers.Path}, context {strangers.Context})");
                return Tell(context, await Checkup.RunAsync(strangers.Fleet, null, strangers.Nodes, cancellationToken));
            }
        }

        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        return Tell(context, await Checkup.RunAsync(workspace.Fleet, workspace.Desired, ChosenNodes.Of(workspace.Spec, workspace.Spec.Nodes, names), cancellationToken));
    }

    /// <summary>Null when there is a spec to go by.</summary>
    private TalosconfigNodes? Strangers(CommandContext context, string[] names)
    {
        var asked = context.Get(_talosconfig);
        if (asked is not null && context.Settings.File is not null)
        {
            throw TextFiles.Bad("--talosconfig", "a spec was given too, and Slipway makes its own way into that cluster", "either --file or --talosconfig");
        }

        return asked is not null || (context.Settings.File is null && !File.Exists(context.FullPath(GlobalOptions.DefaultFile)))
            ? TalosconfigNodes.Find(context, asked, context.Get(_context), names)
            : null;
    }

    private int Tell(CommandContext context, DoctorReport report)
    {
        context.Output.Tell("DoctorReport", report, console => DoctorView.Write(console, report, context.Get(_brief)));
        return report.Failed > 0 ? ExitCodes.Preflight : ExitCodes.Ok;
    }
}
