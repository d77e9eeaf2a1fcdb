using System.CommandLine;
using Slipway.Cli.Input;
using Slipway.Core.Failures;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Cli.Commands;

internal sealed class InitCommand : SlipwayCommand
{
    private readonly Option<string> _nodes = new("--nodes", "-n") { Description = "the machines, control planes first: addresses, ranges and DNS names", HelpName = "10.0.0.11-13,10.0.0.21", Required = true };

    private readonly Option<int?> _controlPlanes = new("--control-planes") { Description = "how many of them, from the first, are control planes (default 3, or 1 of fewer than 3 machines)", HelpName = "number" };

    private readonly Option<string> _name = new("--name") { Description = "the cluster's name (default solana)", HelpName = "name", DefaultValueFactory = _ => "solana" };

    private readonly Option<string?> _endpoint = new("--endpoint") { Description = "the Kubernetes API as nodes reach it (default the first control plane)", HelpName = "https://host:6443" };

    private readonly Option<ReleaseVersion?> _talos = VersionOption.Talos("Talos version of the cluster (default what the nodes run)");

    private readonly Option<ReleaseVersion?> _kubernetes = VersionOption.Named("--kubernetes-version", "Kubernetes version (default the newest that was tried with that Talos)");

    public InitCommand()
        : base("init", "Look at machines in maintenance mode and draft a commented cluster.yaml on standard output")
    {
        foreach (var option in (Option[])[_nodes, _controlPlanes, _name, _endpoint, _talos, _kubernetes])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<Example> Examples { get; } =
    [
        new("slipway init --nodes 10.0.0.11-13,10.0.0.21 > cluster.yaml", "three control planes and one worker"),
        new("slipway init --nodes 10.0.0.11 --control-planes 1 --name lab > lab.yaml", "a cluster of one"),
    ];

    public override async Task<int> ExecuteAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var addresses = NodeRange.Expand(context.Get(_nodes)!);
        var controlPlanes = context.Get(_controlPlanes) ?? (addresses.Count < 3 ? 1 : 3);
        if (controlPlanes < 1 || controlPlanes > addresses.Count || controlPlanes % 2 == 0)
        {
            throw new SlipwayException(FailureReason.BadInput, $"{controlPlanes} control planes of {addresses.Count} nodes")
            {
                Expected = $"an odd number from 1 to {addresses.Count}",
                Hint = "etcd needs an odd number to decide by majority",
            };
        }

        var machines = await MaintenanceSurvey.LookAsync(addresses, context.Environment.Time, cancellationToken);
        var seen = machines.Select(machine => machine.Seen).ToList();
        foreach (var node in seen.Where(node => node.Mode != NodeMode.Maintenance))
        {
            context.Output.Warn(node.Mode == NodeMode.Configured
                ? $"{node.Name} is configured already; its hardware is not told to strangers"
                : $"{node.Name} does not answer as a machine in maintenance mode: {node.Failure?.Message}");
        }

        if (seen.All(node => node.Mode == NodeMode.Unreachable))
        {
            throw new SlipwayException(FailureReason.Unreachable, "none of the nodes answered")
            {
                Expected = "machines that booted Talos without a configuration, reachable on port 50000",
                Found = seen[0].Failure?.Message,
                Hint = "boot them from a Talos image and look at their consoles: the address and 'maintenance' stand there",
            };
        }

        var talos = context.Get(_talos) ?? seen.Select(node => node.Talos).FirstOrDefault(version => version is not null) ?? VersionOption.DefaultTalos;
        context.Output.Text(SpecWriter.Write(new SpecDraft
        {
            Name = context.Get(_name)!,
            Endpoint = context.Get(_endpoint),
            Talos = talos,
            Kubernetes = context.Get(_kubernetes) ?? VersionOption.KubernetesFor(talos),
            Nodes = [.. machines.Select((machine, index) => new DraftNode
            {
                Address = addresses[index],
                Role = index < controlPlanes ? NodeRole.ControlPlane : NodeRole.Worker,
                Observation = machine.Seen,
                NumaNodes = machine.NumaNodes,
                Queues = machine.Queues,
            })],
        }));
        return ExitCodes.Ok;
    }
}
