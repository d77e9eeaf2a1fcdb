namespace Slipway.Rehearsal.Configs;

/// <summary>
/// Up to Talos 1.13 a change of these parts takes effect at once; any other change of v1alpha1 asks for a reboot. Other
/// documents never do (Talos v1.13 internal/app/machined/pkg/runtime/v1alpha1/v1alpha1_runtime.go, CanApplyImmediate).
/// </summary>
internal static class ImmediateChange
{
    private static readonly HashSet<string> Parts =
    [
        "debug", "cluster", "machine.ca", "machine.acceptedCAs", "machine.time", "machine.certSANs", "machine.install", "machine.network",
        "machine.sysfs", "machine.sysctls", "machine.logging", "machine.controlPlane", "machine.kubelet", "machine.kernel", "machine.registries",
        "machine.pods", "machine.seccompProfiles", "machine.nodeAnnotations", "machine.nodeLabels", "machine.nodeTaints",
        "machine.features.kubernetesTalosAPIAccess", "machine.features.kubePrism", "machine.features.hostDNS", "machine.features.imageCache",
        "machine.features.nodeAddressSortAlgorithm",
    ];

    public static bool IsEnough(NodeConfig before, NodeConfig after) =>
        YamlPaths.Canonical(before.Main, Parts.Contains) == YamlPaths.Canonical(after.Main, Parts.Contains);
}
