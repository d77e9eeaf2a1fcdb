using Slipway.Core.Versions;

namespace Slipway.Core.MachineConfig.Generation;

/// <summary>
/// What changed between the configs that Talos generates for its versions (Talos pkg/machinery/config/contract.go and the
/// stability samples beside types/v1alpha1). One row a release line.
/// </summary>
internal sealed record VersionContract
{
    private static readonly VersionContract[] All =
    [
        new() { Since = new(1, 10, 0), FeatureFlags = true, ApiServerExtras = true },
        new() { Since = new(1, 12, 0), UkiCmdline = true, HostnameDocument = true },
        new() { Since = new(1, 14, 0), HostnameDocument = true, KubernetesDocuments = true },
    ];

    public required ReleaseVersion Since { get; init; }

    /// <summary>rbac, stableHostname and apidCheckExtKeyUsage are written out; later they cannot be switched off.</summary>
    public bool FeatureFlags { get; init; }

    /// <summary>The API server's certSANs and disablePodSecurityPolicy are written out.</summary>
    public bool ApiServerExtras { get; init; }

    /// <summary>GRUB takes the kernel arguments of the UKI.</summary>
    public bool UkiCmdline { get; init; }

    /// <summary>HostnameConfig instead of a feature flag.</summary>
    public bool HostnameDocument { get; init; }

    /// <summary>Kube*Config, ResolverConfig, Discovery*Config and the rest instead of fields of v1alpha1.</summary>
    public bool KubernetesDocuments { get; init; }

    /// <summary>The first line that is known, and the last that was looked at.</summary>
    public static (ReleaseVersion First, ReleaseVersion Last) Range { get; } = (new(1, 10, 0), new(1, 14, 0));

    /// <exception cref="ArgumentOutOfRangeException">Older than any contract here; the spec's rules have told before.</exception>
    public static VersionContract For(ReleaseVersion talos) =>
        All.LastOrDefault(contract => talos.IsAtLeast(contract.Since.Major, contract.Since.Minor))
        ?? throw new ArgumentOutOfRangeException(nameof(talos), $"configs are generated for Talos {Range.First.Line} and later, not for {talos}");
}
