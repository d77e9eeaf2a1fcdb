using System.CommandLine;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Core.Layouts;
using Slipway.Core.Spec;

namespace Slipway.Cli.Commands;

/// <summary>Which nodes the commands on the filter look at.</summary>
internal sealed class XdpNodes
{
    private readonly Option<string[]> _nodes = new("--node", "-n")
    {
        Description = "only this node, by its name in the spec; may be given several times (default all that have the filter)",
        HelpName = "name",
    };

    public XdpNodes(Command command) => command.Options.Add(_nodes);

    /// <exception cref="Core.Failures.BadInputException">No such node, or no node with the filter.</exception>
    public IReadOnlyList<NodeSpec> Of(CommandContext context, Workspace workspace)
    {
        var guarded = workspace.Spec.Nodes.Where(node => AgentConfigJson.IsWanted(workspace.Spec, node)).ToList();
        var chosen = ChosenNodes.Of(workspace.Spec, guarded, context.Get(_nodes) ?? []);
        return chosen.Count > 0
            ? chosen
            : throw TextFiles.Bad(context.Settings.File ?? GlobalOptions.DefaultFile, "the spec asks for the filter on no node", "xdp.mode observe or enforce, and a node with a validator's profile", "--node looks at a node all the same");
    }
}
