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

        // Documents other than v1alpha1 never force a reboot.
        return changes.Any(change => change.Document == "v1alpha1" && !LivePaths.Any(path => IsBelow(change.Path, path)))
            ? ActionCost.Reboot
            : ActionCost.Live;
    }

    private static bool IsBelow(string path, string root) =>
        path.StartsWith(root, StringComparison.Ordinal)
        && (path.Length == root.Length || path[root.Length] is '.' or '[');
}
