using Slipway.Cli.Commands;
using Slipway.Cli.Input;
using Slipway.Core.Secrets;
using Slipway.Core.Spec;
using Slipway.Engine.Ports;
using Slipway.Talos.Adapters;
using Slipway.Talos.Talosconfig;

namespace Slipway.Cli.Composition;

/// <summary>Nodes that no spec names: those of a context of the user's talosconfig, each dialled at its own address.</summary>
internal sealed class TalosconfigNodes : IAsyncDisposable
{
    private TalosconfigNodes(string path, string context, IReadOnlyList<NodeSpec> nodes, TalosFleet fleet) =>
        (Path, Context, Nodes, Fleet) = (path, context, nodes, fleet);

    public string Path { get; }

    public string Context { get; }

    public IReadOnlyList<NodeSpec> Nodes { get; }

    public ITalosFleet Fleet { get; }

    /// <param name="asked">The value of --talosconfig; null looks where talosctl does.</param>
    /// <returns>Null when no file was asked for and there is none.</returns>
    /// <exception cref="Core.Failures.BadInputException">There is no such context, or it says too little to reach a node.</exception>
    public static TalosconfigNodes? Find(CommandContext context, string? asked, string? contextName, IReadOnlyList<string> addresses)
    {
        var path = TalosconfigPaths.Find(asked is null ? null : context.FullPath(asked), context.Environment.Variable, context.Environment.Variable("HOME") ?? "/");
        if (path is null)
        {
            return asked is null ? null : throw TextFiles.Bad(asked, "there is no such file", "a talosconfig");
        }

        var config = TalosconfigFile.Load(path);
        var name = contextName ?? config.Context ?? (config.Contexts is [var only] ? only.Key : null);
        if (name is null || config.Find(name) is not { } found)
        {
            throw TextFiles.Bad(path, name is null ? "no context is in use" : $"there is no context '{name}'", $"one of {string.Join(", ", config.Contexts.Select(pair => pair.Key))}", "choose one with --context");
        }

        var nodes = addresses.Count > 0 ? addresses : found.Nodes.Count > 0 ? found.Nodes : found.Endpoints;
        if (nodes.Count == 0)
        {
            throw TextFiles.Bad(path, $"the context '{name}' names no nodes and no endpoints", "addresses of nodes", "name them with --node");
        }

        if (found.Ca is not { } ca || found.Client is not { Key: { } key } client)
        {
            throw TextFiles.Bad(path, $"the context '{name}' has no CA and client certificate", "ca, crt and key", "contexts of Omni, and others without a certificate, are not for Slipway");
        }

        context.Output.Redactor.Register([key, new Sensitive(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(key.Reveal())))]);
        return new TalosconfigNodes(path, name, [.. nodes.Distinct().Select(NodeAt)], new TalosFleet(context.Environment.Time, ca, () => client));
    }

    public ValueTask DisposeAsync() => Fleet.DisposeAsync();

    private static NodeSpec NodeAt(string address) => new() { Name = address, Address = address, Role = NodeRole.Worker, Install = new InstallSpec() };
}
