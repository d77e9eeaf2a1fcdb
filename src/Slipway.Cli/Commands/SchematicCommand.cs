using System.CommandLine;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;

namespace Slipway.Cli.Commands;

/// <summary>The installer image of each node and what an image factory has to put into it; computed here, no factory is asked.</summary>
internal sealed class SchematicCommand : SlipwayCommand
{
    private readonly Option<string[]> _nodes = new("--node", "-n") { Description = "only this node; may be given several times (default all)", HelpName = "name" };

    public SchematicCommand()
        : base("schematic", "Print the image factory's schematic for each kind of node, its id and the installer image that it makes") =>
        Options.Add(_nodes);

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway schematic -f cluster.yaml", "which nodes get which installer, and why"),
        new("slipway schematic -f cluster.yaml --node val-1 | curl --data-binary @- https://factory.talos.dev/schematics", "tell it to the factory once: it makes images of what it was told"),
        new("slipway schematic -f cluster.yaml -o json", "for a pipeline"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var spec = (await LoadedSpec.LoadAsync(context, cancellationToken)).Spec;
        var images = ConfigRenderCommand.Chosen(spec, context.Get(_nodes) ?? []).Select(node => Of(spec, node)).ToList();
        if (context.Settings.Format == OutputFormat.Table)
        {
            context.Output.Text(string.Join("---\n", images.GroupBy(image => (image.Image, image.Schematic)).Select(Text)));
        }
        else
        {
            context.Output.Document(Json.Document("Schematics", new Listing(images)));
        }

        return ExitCodes.Ok;
    }

    private static NodeInstaller Of(ClusterSpec spec, NodeSpec node)
    {
        var image = NodeImage.Of(spec, node);
        return new NodeInstaller(
            node.Name, NodeIdentityCheck.TalosName(node.Role), image.Name, image.SchematicId, image.Schematic?.ToYaml(), image.KernelArguments, image.Extensions,
            ArgumentPlaces.Of(spec, node));
    }

    /// <summary>YAML that an image factory takes as it is: all that is for people stands in comments.</summary>
    private static string Text(IEnumerable<NodeInstaller> same)
    {
        var first = same.First();
        var what = first.Schematic is not null ? $"# schematic {first.SchematicId}\n{first.Schematic}"
            : first.SchematicId is not null ? $"# an image of your own, of the factory's schematic {first.SchematicId}: what is in it is not known here\n"
            : first.KernelArguments.Count + first.Extensions.Count > 0 ? $"# an image of your own; it has to carry:\n{Wanted(first)}"
            : "# nothing is added to it, so there is no schematic\n";
        var place = first.KernelArguments.Count > 0 && first.ArgumentPlace == ArgumentPlace.MachineConfig
            ? "# these nodes boot by GRUB: their kernel arguments are in the machine config as well\n"
            : "";
        return $"# {string.Join(", ", same.Select(node => node.Node))}: {first.Image}\n{place}{what}";
    }

    private static string Wanted(NodeInstaller image) => string.Concat(
        image.KernelArguments.Select(argument => $"#   kernel argument {argument}\n").Concat(image.Extensions.Select(extension => $"#   extension {extension}\n")));

    private sealed record Listing(IReadOnlyList<NodeInstaller> Nodes);

    private sealed record NodeInstaller(
        string Node,
        string Role,
        string Image,
        string? SchematicId,
        string? Schematic,
        IReadOnlyList<string> KernelArguments,
        IReadOnlyList<string> Extensions,
        ArgumentPlace ArgumentPlace);
}
