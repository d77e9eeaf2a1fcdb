using Slipway.Core.Planning.Draining;
using Slipway.Core.Planning.Upgrades;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning;

/// <summary>
/// The whole plan, from what is desired and what is observed, and from nothing else: the same inputs give the same plan,
/// and a converged state gives an empty one. A run asks the same functions phase by phase.
/// </summary>
public static class Planner
{
    public static Plan Plan(DesiredState desired, ObservedState observed) => new(
        [
            .. ClusterPlanner.Secrets(desired, observed),
            .. UpgradePlanner.Plan(UpgradeMoment.BeforeConfig, desired, observed),
            .. ConfigPlanner.Plan(NodeRole.ControlPlane, desired, observed),
            .. ConfigPlanner.Plan(NodeRole.Worker, desired, observed),
            .. UpgradePlanner.Plan(UpgradeMoment.AfterConfig, desired, observed),
            .. ClusterPlanner.Bootstrap(desired, observed),
            .. ClusterPlanner.Access(observed),
            .. UncordonPlanner.Plan(desired, observed),
            .. ClusterPlanner.Cilium(desired, observed),
            .. ClusterPlanner.Policies(desired, observed),
        ],
        [.. Warnings(desired, observed)]);

    /// <summary>Network changes that cannot be tried: a run refuses them unless it was told that it may lose the node.</summary>
    public static IEnumerable<PlannedAction> Untried(DesiredState desired, ObservedState observed) =>
        ConfigPlanner.Plan(NodeRole.ControlPlane, desired, observed).Concat(ConfigPlanner.Plan(NodeRole.Worker, desired, observed)).Where(action => action.Trial is { Refusal: not null });

    private static IEnumerable<string> Warnings(DesiredState desired, ObservedState observed)
    {
        foreach (var action in Untried(desired, observed))
        {
            yield return $"{action.Target}: its network changes and cannot be tried first, for {action.Trial!.Refusal}; 'slipway up' refuses that without --yes-i-may-lose-it";
        }

        foreach (var (archive, file) in observed.Local.Archives.Where(archive => archive.Value.Problem is not null))
        {
            yield return $"installer archive {archive}: {file.Problem}; 'slipway up' refuses that";
        }

        if (ClusterPlanner.KubernetesIsSilent(observed))
        {
            yield return $"the Kubernetes API at {desired.Spec.Endpoint.Authority} does not answer, so what Cilium and the policies need is not known";
        }

        foreach (var node in desired.Spec.Nodes)
        {
            if (!observed.Nodes.TryGetValue(node.Name, out var seen))
            {
                continue;
            }

            foreach (var mismatch in NodeIdentityCheck.Mismatches(node, seen))
            {
                yield return $"{node.Name}: the machine at {node.Address} has another {mismatch.Mark}: expected {mismatch.Expected}, found {mismatch.Found}; nothing would be sent to it";
            }

            if (seen.Mode == NodeMode.Maintenance && node.Layout?.Cpus?.NumaNode is { } numa)
            {
                yield return $"{node.Name}: whether its NIC is on NUMA node {numa} is not told in maintenance mode; a run judges it right after the install, before anything runs there";
            }

            if (seen.Mode == NodeMode.Unreachable)
            {
                yield return $"{node.Name} does not answer, so what it needs is not known: {seen.Failure?.Message ?? "no reason given"}";
            }
            else if (seen is { Mode: NodeMode.Configured, Config: null })
            {
                yield return $"{node.Name}: its machine config was not to be seen, so whether it is the wanted one is not known; only os:admin may read it";
            }
            else if (UpgradePlanner.ForNode(UpgradeMoment.BeforeConfig, desired.Spec, node, seen, observed.Local) is null)
            {
                foreach (var missing in KernelArgumentCheck.Missing(desired.Spec, node, seen))
                {
                    yield return $"{node.Name}: kernel argument {missing}";
                }
            }
            else if (UpgradeRefusals.Of(desired.Spec, node, seen) is { } refusal)
            {
                yield return $"{node.Name}: {refusal.Message}, so a run will refuse it; {refusal.Hint}";
            }
        }
    }
}
