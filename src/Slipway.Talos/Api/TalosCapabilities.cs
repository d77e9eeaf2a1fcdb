using Slipway.Core.Versions;

namespace Slipway.Talos.Api;

/// <summary>What a Talos version can do, for choosing between an older and a newer way.</summary>
public sealed record TalosCapabilities
{
    /// <summary>ImageService and LifecycleService instead of MachineService.Upgrade.</summary>
    public required bool HasLifecycleService { get; init; }

    /// <summary>In maintenance mode every reader call is served, not only a few.</summary>
    public required bool MaintenanceServesReaders { get; init; }

    /// <summary>In maintenance mode NO_REBOOT and STAGED are accepted too.</summary>
    public required bool MaintenanceTakesAllModes { get; init; }

    /// <summary>Applying a config never reboots, and the mode REBOOT is refused.</summary>
    public required bool AppliesWithoutReboot { get; init; }

    /// <summary>Config <c>persistent</c> beside the active one.</summary>
    public required bool HasPersistentConfig { get; init; }

    /// <summary>The boot id is a resource that readers may see.</summary>
    public required bool HasBootIdResource { get; init; }

    public static TalosCapabilities Of(ReleaseVersion version) => new()
    {
        HasLifecycleService = version.IsAtLeast(1, 13),
        MaintenanceServesReaders = version.IsAtLeast(1, 13),
        MaintenanceTakesAllModes = version.IsAtLeast(1, 13),
        AppliesWithoutReboot = version.IsAtLeast(1, 14),
        HasPersistentConfig = version.IsAtLeast(1, 10),
        HasBootIdResource = version.IsAtLeast(1, 14),
    };
}
