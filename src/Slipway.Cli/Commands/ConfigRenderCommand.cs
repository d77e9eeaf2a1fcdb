using System.CommandLine;
using Slipway.Cli.Completion;
using Slipway.Cli.Composition;
using Slipway.Cli.Input;
using Slipway.Cli.Output;
using Slipway.Core.MachineConfig;
using Slipway.Core.Planning;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Core.Versions;
using Slipway.Engine.Files;
using Spectre.Console;

namespace Slipway.Cli.Commands;

/// <summary>What a run would send, without a node: the configs come from the very place where a run takes them.</summary>
internal sealed class ConfigRenderCommand : SlipwayCommand
{
    private readonly Option<string[]> _nodes = new("--node", "-n") { Description = "only this node; may be given several times (default all)", HelpName = "name" };

    private readonly Option<ReleaseVersion?> _talos = VersionOption.Talos("as if every node ran this Talos (default what the spec says)");

    private readonly Option<bool> _reveal = new("--show-secrets") { Description = "with keys and tokens, as a node gets it; else they are masked" };

    private readonly Option<string?> _folder = new("--output-dir")
    {
        Description = "write NODE.yaml files here, mode 0600, in place of standard output",
        HelpName = "folder",
        CompletionSources = { FileCompletions.Folders },
    };

    public ConfigRenderCommand()
        : base("render", "Print the machine config that each node of a spec would get; no node is asked")
    {
        Options.Add(_nodes);
        Options.Add(_talos);
        Options.Add(_reveal);
        Options.Add(_folder);
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway config render -f cluster.yaml --node val-1", "what val-1 would be sent, secrets masked"),
        new("slipway config render -f cluster.yaml --talos-version v1.14.0 --output-dir next", "before an upgrade: does the new version take it, and how does it look"),
        new("slipway config render -f cluster.yaml --show-secrets --output-dir configs", "to apply them by talosctl"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var talos = context.Get(_talos);
        await using var workspace = await Workspaces.OpenAsync(context, spec => talos is null ? spec : SpecAtVersion.Of(spec, talos), cancellationToken);
        var reveal = context.Get(_reveal);
        if (reveal)
        {
            AccessFile.DemandSecrets(workspace);
        }

        var configs = Chosen(workspace.Spec, context.Get(_nodes) ?? []).Select(node => Of(workspace, node, reveal)).ToList();
        if (context.Get(_folder) is { } folder)
        {
            Write(context, context.FullPath(folder), configs, reveal);
        }
        else
        {
            Print(context, configs, reveal);
        }

        return ExitCodes.Ok;
    }

    internal static IEnumerable<NodeSpec> Chosen(ClusterSpec spec, string[] names)
    {
        var unknown = names.FirstOrDefault(name => spec.Nodes.All(node => node.Name != name));
        return unknown is null
            ? spec.Nodes.Where(node => names.Length == 0 || names.Contains(node.Name))
            : throw RehearseOptions.Bad("--node", $"the spec has no node '{unknown}'", $"one of {string.Join(", ", spec.Nodes.Select(node => node.Name).Take(20))}", null);
    }

    private static RenderedConfig Of(Workspace workspace, NodeSpec node, bool reveal)
    {
        var config = workspace.Desired.Configs[node.Name].Reveal();
        return new RenderedConfig(node.Name, NodeIdentityCheck.TalosName(node.Role), workspace.Spec.TalosOf(node), null, reveal ? config : ConfigRedactor.Redact(config));
    }

    private static void Write(CommandContext context, string folder, IReadOnlyList<RenderedConfig> configs, bool reveal)
    {
        var written = new List<RenderedConfig>();
        foreach (var config in configs)
        {
            // The name is a DNS label: it cannot lead out of the folder.
            var path = Path.Combine(folder, $"{config.Node}.yaml");
            Action<string, Sensitive> write = reveal ? SecretFiles.Replace : (to, text) => PrivateFiles.Write(to, text.Reveal());
            write(path, new Sensitive(config.Config!));
            written.Add(config with { Path = path, Config = null });
        }

        context.Output.Tell("RenderedConfigs", new Rendering(written), console =>
        {
            foreach (var config in written)
            {
                console.WriteLine($"{config.Path}: {config.Role}, Talos {config.Talos}, mode 0600{(reveal ? "" : ", secrets masked")}");
            }
        });
    }

    private static void Print(CommandContext context, IReadOnlyList<RenderedConfig> configs, bool reveal)
    {
        // One config alone can be piped as it is; several are told apart by a comment, since a config has many documents itself.
        var text = context.Settings.Format != OutputFormat.Table ? context.Output.Render(Json.Document("RenderedConfigs", new Rendering(configs)))
            : configs is [var only] ? only.Config!
            : string.Join("---\n", configs.Select(config => $"# {config.Node}: {config.Role}, Talos {config.Talos}\n{config.Config}"));
        if (reveal)
        {
            context.Output.Reveal(new Sensitive(text));
        }
        else
        {
            context.Output.Text(text);
        }
    }

    private sealed record Rendering(IReadOnlyList<RenderedConfig> Nodes);
}
