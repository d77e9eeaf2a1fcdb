using System.Globalization;
using Slipway.Core.Planning;

namespace Slipway.Core.Doctor.Checks;

/// <summary>The disk that the spec names: there and usable before the install, the system's own after it.</summary>
internal sealed class InstallDiskCheck : NodeCheck
{
    private const ulong Least = 10UL * 1000 * 1000 * 1000;

    public override string Id => "disk.install";

    public override string Why => "Talos wipes what it installs on: it must be this disk and no other, and device names change between boots";

    public override CheckMoments Moments => CheckMoments.BlankMachine | CheckMoments.Running;

    public override IEnumerable<CheckLine> Look(NodeSubject subject)
    {
        var install = subject.Node.Install;
        var wanted = InstallDisk.Describe(install);
        if (install is { Serial: null, Wwid: null, Disk: null } || subject.Seen.Disks.Count == 0)
        {
            yield return NotApplicable(subject.Seen.Disks.Count == 0 ? "the node tells no disks" : "there is no spec that names a disk");
        }
        else if (InstallDisk.Find(install, subject.Seen.Disks) is not { } disk)
        {
            var disks = string.Join(", ", subject.Seen.Disks.Select(disk => $"{disk.Device} (serial {disk.Serial ?? "none"}, {Gigabytes(disk.Size)})"));
            yield return Fail(wanted, disks, "name one of these disks in the spec");
        }
        else if (subject.Moment == CheckMoments.BlankMachine)
        {
            yield return disk.ReadOnly ? Fail("a writable disk", $"{disk.Device} is read-only", "choose another disk")
                : Judge(disk.Size >= Least, "at least 10 GB", $"{disk.Device}, {Gigabytes(disk.Size)}", "choose another disk");
        }
        else
        {
            var system = subject.Seen.Disks.FirstOrDefault(other => other.IsSystemDisk);
            yield return Judge(disk.IsSystemDisk, $"{wanted} is the system disk", disk.IsSystemDisk ? disk.Device : system is null ? "no system disk" : $"{system.Device} (serial {system.Serial ?? "none"})",
                "Talos was installed elsewhere: correct the spec, or install the machine anew");
        }
    }

    private static string Gigabytes(ulong bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");
}
