using Slipway.Core.MachineConfig;
using Slipway.Core.Versions;

namespace Slipway.Core.Planning;

/// <summary>
/// Whether Talos applies a config change while it runs. From 1.14 it always does; before, it compares with a list of
/// fields (Talos v1.13: internal/app/machined/pkg/runtime/v1alpha1/v1alpha1_runtime.go, CanApplyImmediate).
/// </summary>
public static class ApplyCost
{
    private static readonly string[] LivePaths =
    [
        "debug", "cluster",
        "machine.ca", "machine.acceptedCAs", "machine.time", "machine.certSANs", "machine.install", "machine.network",
        "machine.sysfs", "machine.sysctls", "machine.logging", "machine.controlplane", "machine.kubelet", "machine.kernel",
        "machine.registries", "machine.pods", "machine.seccompProfiles", "machine.nodeAnnotations", "machine.nodeLabels",
        "machine.nodeTaints", "machine.features.kubernetesTalosAPIAccess", "machine.features.kubePrism",
        "machine.features.hostDNS", "machine.features.imageCache", "machine.features.nodeAddressSortAlgorithm",
    ];

    public static ActionCost Of(IEnumerable<ConfigChange> changes, ReleaseVersion? talos)
    {
        if (talos is not null && talos.IsAtLeast(1, 14))
        {
            return ActionCost.Live;
        }

        return changes.Any(NeedsReboot) ? ActionCost.Reboot : ActionCost.Live;
    }

    /// <summary>Up to Talos 1.13. Documents other than v1alpha1 never force a reboot.</summary>
    internal static bool NeedsReboot(ConfigChange change) => change.Document == "v1alpha1" && !LivePaths.Any(path => ConfigPaths.IsBelow(change.Path, path));
}
