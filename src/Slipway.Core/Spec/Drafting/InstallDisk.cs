using Slipway.Core.Planning;

namespace Slipway.Core.Spec.Drafting;

/// <summary>
/// Chooses the disk that a draft installs to. The smallest disk is only a guess (validators have small system disks and large
/// data disks), which is why the draft lists the others.
/// </summary>
internal static class InstallDisk
{
    /// <summary>Bytes; Talos wants 10 GB and images and logs as much again. Smaller ones are boot media.</summary>
    private const ulong Smallest = 20_000_000_000;

    /// <summary>Null when the node shows no disk that can be written.</summary>
    public static DiskObservation? Choose(IReadOnlyList<DiskObservation> disks)
    {
        var candidates = disks.Where(disk => !disk.ReadOnly).ToList();
        return candidates.FirstOrDefault(disk => disk.IsSystemDisk)
            ?? (candidates.Count == 1 ? candidates[0] : null)
            ?? candidates.Where(disk => disk.Size >= Smallest).MinBy(disk => disk.Size)
            ?? candidates.MaxBy(disk => disk.Size);
    }
}
