using System.CommandLine;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Doctor;
using Slipway.Core.Spec;
using Slipway.Engine.Doctor;

namespace Slipway.Cli.Commands;

internal sealed class DoctorCommand : SlipwayCommand
{
    private readonly Option<string[]> _nodes = new("--node", "-n")
    {
        Description = "only this node, by its name in the spec; may be given several times (default all)",
        HelpName = "name",
    };

    private readonly Option<bool> _brief = new("--brief") { Description = "only what is not as it should be" };

    public DoctorCommand()
        : base("doctor", "Look at live nodes closely and tell what is not as it should be, why it matters and how to mend it; changes nothing")
    {
        Options.Add(_nodes);
        Options.Add(_brief);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway doctor -f cluster.yaml", "every node against the spec; ends with 4 when a check fails"),
        new("slipway doctor -f cluster.yaml --node w1 --brief", "what is wrong with one of them"),
        new("slipway doctor -f cluster.yaml -o json", "for a script"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        await using var workspace = await Workspaces.OpenAsync(context, cancellationToken);
        var nodes = Chosen(workspace.Spec, context.Get(_nodes) ?? []);
        var report = await Checkup.RunAsync(workspace.Fleet, workspace.Desired, nodes, cancellationToken);
        return Tell(context, report);
    }

    private int Tell(CommandContext context, DoctorReport report)
    {
        context.Output.Tell("DoctorReport", report, console => DoctorView.Write(console, report, context.Get(_brief)));
        return report.Failed > 0 ? ExitCodes.Preflight : ExitCodes.Ok;
    }

    private static IReadOnlyList<NodeSpec> Chosen(ClusterSpec spec, string[] names)
    {
        var unknown = names.FirstOrDefault(name => spec.Nodes.All(node => node.Name != name));
        return unknown is not null
            ? throw TextFiles.Bad("--node", $"the spec has no node '{unknown}'", $"one of {string.Join(", ", spec.Nodes.Select(node => node.Name).Take(20))}")
            : names.Length == 0 ? spec.Nodes : [.. spec.Nodes.Where(node => names.Contains(node.Name))];
    }
}
