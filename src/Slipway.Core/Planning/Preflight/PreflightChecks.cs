using System.Globalization;
using Slipway.Core.Diagnostics;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning.Preflight;

/// <summary>
/// The list of what is looked at before a run changes anything. Each check yields its findings and never stops the others;
/// an error ends the run before its first effect.
/// </summary>
public static class PreflightChecks
{
    private static readonly Func<DesiredState, NodeSpec, NodeObservation, IEnumerable<PreflightFinding>>[] OfNode =
    [
        InstallDiskIsThere,
        DiskIsWritable,
        VersionIsKnown,
        VersionIsTheSpecs,
        InterfaceIsThere,
        TimeIsInSync,
    ];

    public static IReadOnlyList<PreflightFinding> Run(DesiredState desired, ObservedState observed) =>
    [
        .. from node in desired.Spec.Nodes
           let seen = observed.Nodes.GetValueOrDefault(node.Name)
           where seen is not null && seen.Mode != NodeMode.Unreachable
           from check in OfNode
           from finding in check(desired, node, seen)
           select finding,
    ];

    private static IEnumerable<PreflightFinding> InstallDiskIsThere(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        // Only a node in maintenance mode is going to be installed; an older maintenance API may tell no disks.
        if (seen.Mode == NodeMode.Maintenance && seen.Disks.Count > 0 && InstallDisk.Find(node.Install, seen.Disks) is null)
        {
            var disks = string.Join(", ", seen.Disks.Select(disk => $"{disk.Device} (serial {disk.Serial ?? "none"}, {Gigabytes(disk.Size)})"));
            yield return new PreflightFinding(Severity.Error, node.Name, "install disk", InstallDisk.Describe(node.Install), disks, "name one of these disks in the spec");
        }
    }

    private static IEnumerable<PreflightFinding> DiskIsWritable(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        if (seen.Mode == NodeMode.Maintenance && InstallDisk.Find(node.Install, seen.Disks) is { } disk)
        {
            const ulong least = 10UL * 1000 * 1000 * 1000;
            if (disk.ReadOnly)
            {
                yield return new PreflightFinding(Severity.Error, node.Name, "install disk", "a writable disk", $"{disk.Device} is read-only", "choose another disk");
            }
            else if (disk.Size < least)
            {
                yield return new PreflightFinding(Severity.Error, node.Name, "install disk", "at least 10 GB", Gigabytes(disk.Size), "choose another disk");
            }
        }
    }

    private static IEnumerable<PreflightFinding> VersionIsKnown(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        if (seen.Talos is { } version && (version.Major != 1 || version.Minor is < 10 or > 14))
        {
            yield return new PreflightFinding(Severity.Error, node.Name, "Talos version", "1.10 to 1.14", version.ToString(), "boot the machine from an image of such a version");
        }
    }

    private static IEnumerable<PreflightFinding> VersionIsTheSpecs(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        var wanted = desired.Spec.TalosOf(node);
        if (seen.Talos is { } version && version.Line != wanted.Line)
        {
            // The config is written in the spec's dialect, and a node refuses kinds that it does not know.
            var severity = seen.Mode == NodeMode.Maintenance && version < wanted ? Severity.Error : Severity.Warning;
            yield return new PreflightFinding(severity, node.Name, "Talos version", wanted.Line, version.ToString(),
                "boot the machine from an image of the spec's version, or change talos.version");
        }
    }

    private static IEnumerable<PreflightFinding> InterfaceIsThere(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        if (node.Interface is { } wanted && seen.Links.Count > 0 && seen.Links.All(link => link.Name != wanted.Name))
        {
            yield return new PreflightFinding(Severity.Error, node.Name, "network interface", wanted.Name,
                string.Join(", ", seen.Links.Select(link => link.Name)), "a config for a missing link can cut the node off; correct interface.name");
        }
    }

    private static IEnumerable<PreflightFinding> TimeIsInSync(DesiredState desired, NodeSpec node, NodeObservation seen)
    {
        if (seen is { Mode: NodeMode.Configured, TimeSynced: false })
        {
            yield return new PreflightFinding(Severity.Warning, node.Name, "time", "in sync", "not in sync yet",
                "bootstrap waits for it; check that the node reaches its NTP servers");
        }
    }

    private static string Gigabytes(ulong bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.#} GB");
}
