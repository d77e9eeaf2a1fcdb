using Slipway.Core.MachineConfig;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning;

/// <summary>Which nodes need their machine config sent, and what that costs each.</summary>
public static class ConfigPlanner
{
    /// <summary>One action for each node of <paramref name="role"/> whose config is not the desired one, in the spec's order.</summary>
    public static IReadOnlyList<PlannedAction> Plan(NodeRole role, DesiredState desired, ObservedState observed)
    {
        var phase = role == NodeRole.ControlPlane ? PhaseIds.ControlPlanes : PhaseIds.Workers;
        return
        [
            .. desired.Spec.Nodes
                .Where(node => node.Role == role)
                .Select(node => observed.Nodes.TryGetValue(node.Name, out var seen) ? ForNode(phase, desired, node, seen) : null)
                .OfType<PlannedAction>(),
        ];
    }

    private static PlannedAction? ForNode(string phase, DesiredState desired, NodeSpec node, NodeObservation seen) => seen.Mode switch
    {
        NodeMode.Maintenance => Install(phase, desired, node, seen),
        NodeMode.Configured when seen.Config is { } live => Change(phase, desired, node, seen, live.Reveal()),
        _ => null,
    };

    private static PlannedAction Install(string phase, DesiredState desired, NodeSpec node, NodeObservation seen) => new()
    {
        Phase = phase,
        Target = node.Name,
        Kind = ActionKind.Create,
        Cost = ActionCost.Install,
        Summary = $"install Talos {desired.Spec.TalosOf(node)} as {NodeIdentityCheck.TalosName(node.Role)} on {DiskName(node, seen)}",
    };

    private static PlannedAction? Change(string phase, DesiredState desired, NodeSpec node, NodeObservation seen, string live)
    {
        var changes = ConfigDiff.Between(live, desired.Configs[node.Name].Reveal());
        if (changes.Count == 0)
        {
            return null;
        }

        // The config is sent after the upgrade, so what it costs is up to the Talos that the node has then.
        var talos = seen.Boot is null ? seen.Talos : desired.Spec.TalosOf(node);
        var cost = ApplyCost.Of(changes, talos);
        var trial = NetworkTrial.For(changes, cost, () => NetworkFirst.Of(live, desired.Configs[node.Name].Reveal(), talos) is not null);
        return new PlannedAction
        {
            Phase = phase,
            Target = node.Name,
            Kind = ActionKind.Update,
            Cost = cost,
            Summary = $"change {changes.Count} {(changes.Count == 1 ? "setting" : "settings")} of the machine config",
            Changes = trial is null ? changes : [.. changes.Select(change => NetworkChanges.Touches(change) ? change with { Note = trial.Note } : change)],
            Trial = trial,
        };
    }

    private static string DiskName(NodeSpec node, NodeObservation seen)
    {
        var disk = InstallDisk.Find(node.Install, seen.Disks);
        return disk is not null ? $"{disk.Device} ({InstallDisk.Describe(node.Install)})" : InstallDisk.Describe(node.Install);
    }
}
