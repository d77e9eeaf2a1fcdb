using System.CommandLine;
using Slipway.Benchmarks.Measuring;
using Slipway.Cli.Composition;
using Slipway.Core.Versions;
using Slipway.Engine.Files;
using Slipway.Rehearsal;
using Slipway.Rehearsal.Nodes;

namespace Slipway.Benchmarks.Connections;

/// <summary>Rehearsed nodes that have their configs and stand until dismissed. The folder gets their cluster.yaml and secrets.</summary>
internal static class StandingNodes
{
    public const string Name = "run-nodes";

    public static Command Command()
    {
        var (folder, nodes) = (new Argument<string>("folder"), new Argument<int>("nodes"));
        var command = new Command(Name) { folder, nodes };
        command.Hidden = true;
        command.SetAction((parsed, cancellationToken) => StandAsync(parsed.GetValue(folder)!, parsed.GetValue(nodes), cancellationToken));
        return command;
    }

    private static async Task StandAsync(string folder, int nodes, CancellationToken cancellationToken)
    {
        var options = new RehearsalOptions
        {
            ControlPlanes = 3,
            Workers = nodes - 3,
            Talos = ReleaseVersion.Parse("v1.13.9"),
            Kubernetes = ReleaseVersion.Parse("v1.34.1"),
            Time = VirtualClock.Leaping(),
        };
        await using var session = await RehearsalSession.StartAsync(options, folder, null, null, cancellationToken);
        var desired = session.Workspace.Desired;
        SecretFiles.Create(desired.SecretsPath, desired.SecretsYaml);
        foreach (var machine in session.Host.Machines)
        {
            machine.Apply(desired.Configs[machine.Plate.Name].Reveal(), ApplyMode.Auto, dryRun: false, trial: null, admin: true);
        }

        // In virtual time: install and first boot are minutes.
        while (session.Host.Machines.Any(machine => machine.Api != ApiPresence.Cluster || machine.Stage is not (MachineStage.Booting or MachineStage.Running)))
        {
            await Task.Delay(TimeSpan.FromSeconds(5), options.Time, cancellationToken);
        }

        Child.Answer(nodes);
        await Child.UntilDismissedAsync(cancellationToken);
    }
}
