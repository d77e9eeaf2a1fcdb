using Slipway.Core.Versions;

namespace Slipway.Rehearsal.Nodes;

/// <summary>What differs between the Talos releases that are rehearsed, by name instead of by number.</summary>
internal sealed class TalosTraits(ReleaseVersion version)
{
    public ReleaseVersion Version => version;

    /// <summary>1.13: in maintenance the ordinary API answers everyone as a reader (Talos commit b7d70cf62).</summary>
    public bool MaintenanceIsReader { get; } = version.IsAtLeast(1, 13);

    /// <summary>1.13: LifecycleService and ImageService, and no GenerateConfiguration.</summary>
    public bool HasLifecycleService { get; } = version.IsAtLeast(1, 13);

    /// <summary>1.14: no apply ever reboots, and the first config lets the node boot on (Talos commit 995bc30d5).</summary>
    public bool AppliesWithoutReboot { get; } = version.IsAtLeast(1, 14);

    /// <summary>1.14: the boot id is a resource that a reader sees.</summary>
    public bool HasBootIdResource { get; } = version.IsAtLeast(1, 14);

    public static bool IsRehearsed(ReleaseVersion version) => version is { Major: 1, Minor: >= 10 and <= 14 };
}
