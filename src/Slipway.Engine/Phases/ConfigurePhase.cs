using System.Globalization;
using Slipway.Core.Installers;
using Slipway.Core.Planning;
using Slipway.Core.Spec;
using Slipway.Engine.Draining;
using Slipway.Engine.Journaling;
using Slipway.Engine.Ports;
using Slipway.Engine.Running;

namespace Slipway.Engine.Phases;

/// <summary>
/// Sends machine configs. Control planes go one by one, and one that runs must be back before the next is touched;
/// workers go together in a bounded pool. A node that has to reboot for its config is drained first.
/// </summary>
internal sealed class ConfigurePhase(NodeRole role) : Phase
{
    public override string Id => role == NodeRole.ControlPlane ? PhaseIds.ControlPlanes : PhaseIds.Workers;

    public override string Title => role == NodeRole.ControlPlane ? "Configure control planes, one by one" : "Configure workers";

    public override Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken) =>
        ConnectPhase.ReachAsync(run, Id, run.Spec.Nodes.Where(node => node.Role == role), cancellationToken);

    public override IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => ConfigPlanner.Plan(role, desired, observed);

    public override async Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = role == NodeRole.ControlPlane ? 1 : run.Options.Parallelism,
            CancellationToken = cancellationToken,
        };
        var nodes = run.Spec.Nodes.ToDictionary(node => node.Name);
        await new NodeDrain(run, Id).CheckAsync([.. actions.Where(Reboots).Select(action => nodes[action.Target])], cancellationToken);
        // One node goes ahead alone with a network change: if it is cut off, the others are not.
        var first = actions.FirstOrDefault(action => action.Trial is not null);
        if (first is not null)
        {
            await SendAsync(run, nodes[first.Target], first, cancellationToken);
        }

        var rest = actions.Where(action => action != first).ToList();
        await Parallel.ForEachAsync(rest.Where(action => !Reboots(action)), parallel, async (action, token) => await SendAsync(run, nodes[action.Target], action, token));
        await Parallel.ForEachAsync(
            rest.Where(Reboots), role == NodeRole.ControlPlane ? parallel : Downtime.OfWorkers(run, cancellationToken), async (action, token) => await SendAsync(run, nodes[action.Target], action, token));
    }

    private static bool Reboots(PlannedAction action) => action.Cost == ActionCost.Reboot;

    private async Task SendAsync(RunContext run, NodeSpec node, PlannedAction action, CancellationToken cancellationToken)
    {
        if (action.Trial is { Refusal: not null } && !run.Options.MayLoseNodes)
        {
            throw UntriedNetwork.Refuse(Id, action);
        }

        // Asked again right before the effect: a machine may have been swapped, or configured by someone, since the plan.
        await ConnectPhase.ReachAsync(run, Id, [node], cancellationToken);
        var before = run.State.Nodes[node.Name];
        var config = run.Desired.Configs[node.Name];
        Keep(run, $"{node.Name}.before.yaml", before.Config?.Reveal());
        Keep(run, $"{node.Name}.after.yaml", config.Reveal());
        if (before.Mode == NodeMode.Maintenance && NodeImage.Of(run.Spec, node) is { Archive: not null } image)
        {
            // Afterwards nothing else tells a node that still has to be upgraded from one that was.
            new UpgradeFile(run.Folder).Note(node.Name, new UpgradeRecord(image.Reference, WrittenIn: null));
        }

        run.Report(node, "sending the machine config");
        await run.EffectAsync(action, async () =>
        {
            var apply = before.Mode == NodeMode.Configured && action.Trial is { Refusal: null } trial
                ? await TryNetworkAsync(run, node, before, trial, cancellationToken)
                : ApplyMode.Auto;
            if (Reboots(action))
            {
                // A reboot that a config brings about is drained for by nobody else, in no version of Talos.
                await new NodeDrain(run, Id).DrainAsync(node, cancellationToken);
            }

            var outcome = await new ConfigSender(run, Id).SendAsync(node, config, before.Mode, apply, cancellationToken);
            foreach (var warning in outcome?.Warnings ?? [])
            {
                run.Notice($"{node.Name}: {warning}", warning: true);
            }
        });

        if (before.Mode == NodeMode.Configured && (role == NodeRole.ControlPlane || action.Cost == ActionCost.Reboot))
        {
            await AwaitReturnAsync(run, node, before, action.Cost, cancellationToken);
        }

        if (Reboots(action))
        {
            await new NodeDrain(run, Id).UncordonAsync(node, cancellationToken);
        }
    }

    /// <summary>Tries the new network and, where the rest needs a reboot, keeps it before that.</summary>
    /// <returns>How the whole config is to be sent then.</returns>
    private async Task<ApplyMode> TryNetworkAsync(RunContext run, NodeSpec node, NodeObservation before, NetworkTrial trial, CancellationToken cancellationToken)
    {
        var wanted = run.Desired.Configs[node.Name];
        // The node may have been upgraded since the plan was made, but not since it was observed.
        var first = trial.AheadOfReboot && before.Config is { } live ? NetworkFirst.Of(live.Reveal(), wanted.Reveal(), before.Talos) : null;
        if (first is null)
        {
            await new NetworkTrialRunner(run, Id).RunAsync(node, wanted, trial, cancellationToken);
            return ApplyMode.NoReboot;
        }

        Keep(run, $"{node.Name}.network-first.yaml", first.Reveal());
        await new NetworkTrialRunner(run, Id).RunAsync(node, first, trial, cancellationToken);
        await run.StepAsync(Id, node.Name, "keep the new network; what needs a reboot follows", () =>
            new ConfigSender(run, Id).SendAsync(node, first, before.Mode, ApplyMode.NoReboot, cancellationToken));
        return ApplyMode.Auto;
    }

    private async Task AwaitReturnAsync(RunContext run, NodeSpec node, NodeObservation before, ActionCost cost, CancellationToken cancellationToken)
    {
        await new NodeWaiter(run).WaitAsync(Id, node, "the node runs again with its new config", run.Options.InstallTimeout,
            seen => seen is { Mode: NodeMode.Configured, Stage: NodeStage.Running or NodeStage.Booting }
                && seen.Ready == before.Ready
                && (cost != ActionCost.Reboot || seen.BootId != before.BootId),
            cancellationToken);
    }

    private static void Keep(RunContext run, string name, string? config)
    {
        if (config is not null)
        {
            run.Journal.Keep(string.Create(CultureInfo.InvariantCulture, $"configs/{name}"), config);
        }
    }
}
