using Slipway.Core.Spec;

namespace Slipway.Core.Planning;

/// <summary>The disk that a spec means, among those that a node has.</summary>
public static class InstallDisk
{
    /// <summary>Null when none, or more than one, matches.</summary>
    public static DiskObservation? Find(InstallSpec install, IReadOnlyList<DiskObservation> disks)
    {
        var matches = disks.Where(disk => Matches(install, disk)).Take(2).ToList();
        return matches.Count == 1 ? matches[0] : null;
    }

    public static string Describe(InstallSpec install) =>
        install.Serial is { } serial ? $"serial {serial}"
        : install.Wwid is { } wwid ? $"WWID {wwid}"
        : install.Disk ?? "no disk";

    private static bool Matches(InstallSpec install, DiskObservation disk) =>
        install.Serial is { } serial ? serial == disk.Serial
        : install.Wwid is { } wwid ? wwid == disk.Wwid
        : install.Disk == disk.Device;
}
