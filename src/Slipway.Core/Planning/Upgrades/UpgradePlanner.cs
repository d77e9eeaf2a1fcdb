using System.Globalization;
using Slipway.Core.Filter;
using Slipway.Core.Installers;
using Slipway.Core.MachineConfig;
using Slipway.Core.Spec;

namespace Slipway.Core.Planning.Upgrades;

/// <summary>
/// Which installed nodes need another image: for another Talos, other kernel arguments or other extensions. Changing the
/// image in the config alone does nothing to an installed node.
/// </summary>
public static class UpgradePlanner
{
    /// <summary>One action a node, control planes first: they are done one at a time.</summary>
    public static IReadOnlyList<PlannedAction> Plan(UpgradeMoment moment, DesiredState desired, ObservedState observed) =>
    [
        .. desired.Spec.ControlPlanes.Concat(desired.Spec.Workers)
            .Select(node => observed.Nodes.TryGetValue(node.Name, out var seen) ? ForNode(moment, desired.Spec, node, seen, observed.Local) : null)
            .OfType<PlannedAction>(),
    ];

    /// <summary>Null when the node needs no upgrade at this moment, or is not in a state in which that can be known.</summary>
    public static PlannedAction? ForNode(UpgradeMoment moment, ClusterSpec spec, NodeSpec node, NodeObservation seen, LocalObservation local)
    {
        if (seen.Mode == NodeMode.Maintenance)
        {
            return moment == UpgradeMoment.AfterConfig ? AfterInstall(spec, node, local) : null;
        }

        if (seen is not { Mode: NodeMode.Configured, Talos: not null, Stage: NodeStage.Booting or NodeStage.Running, Boot: { Installing: false } boot })
        {
            return null;
        }

        var image = NodeImage.Of(spec, node);
        var changes = moment == UpgradeMoment.BeforeConfig || image.Archive is not null ? ImageChanges(image, node, seen, boot, local) : ArgumentChanges(spec, node, image, boot);
        return changes.Count == 0 ? null : Action(moment, node, image, local, changes);
    }

    /// <summary>What is known already of a machine that is still blank.</summary>
    private static PlannedAction? AfterInstall(ClusterSpec spec, NodeSpec node, LocalObservation local) =>
        NodeImage.Of(spec, node) is { Archive: { } archive } image
            ? Action(UpgradeMoment.AfterConfig, node, image, local, [Change("installer", image.Reference, Path.GetFileName(archive))])
            : null;

    private static PlannedAction Action(UpgradeMoment moment, NodeSpec node, NodeImage image, LocalObservation local, IReadOnlyList<ConfigChange> changes) => new()
    {
        Phase = moment == UpgradeMoment.BeforeConfig ? PhaseIds.Upgrade : PhaseIds.UpgradeInstalled,
        Target = node.Name,
        Kind = ActionKind.Update,
        Cost = ActionCost.Upgrade,
        Summary = $"needs upgrade to {image.Name}{Size(image, local)}",
        Changes = changes,
    };

    private static string Size(NodeImage image, LocalObservation local) =>
        image.Archive is { } archive && local.Archives.GetValueOrDefault(archive) is { Problem: null } file
            ? string.Create(CultureInfo.InvariantCulture, $", sent from here ({file.Bytes / 1e6:0.#} MB)")
            : "";

    private static List<ConfigChange> ImageChanges(NodeImage image, NodeSpec node, NodeObservation seen, BootObservation boot, LocalObservation local)
    {
        var changes = new List<ConfigChange>();
        if (seen.Talos != image.Talos)
        {
            changes.Add(Change("talos", seen.Talos!.ToString(), image.Talos.ToString()));
        }

        if (image.SchematicId is { } wanted && !RunsSchematic(boot, wanted))
        {
            changes.AddRange(SchematicChanges(image, boot));
        }

        // The stock installer has no arguments: those of an image that a factory made would stay for ever.
        if (image.IsStock && boot.Schematic is { KernelArguments.Count: > 0 } other)
        {
            changes.AddRange(Differences("kernelArguments", other.KernelArguments, []));
        }

        if (image.SchematicId is null)
        {
            changes.AddRange(image.Extensions.Except(boot.Extensions.Select(extension => extension.Name)).Select(name => Change($"extensions.{name}", null, name)));
            if (image.FilterVersion is { } wantedFilter && boot.Extensions.FirstOrDefault(extension => extension.Name == FilterExtension.Name) is { } filter && !FilterExtension.HasVersion(filter.Version, wantedFilter))
            {
                changes.Add(Change($"extensions.{FilterExtension.Name}", filter.Version, wantedFilter.ToString()));
            }

            if (changes.Count == 0 && (image.Archive is { } archive ? IsAnotherArchive(archive, node, seen, local) : IsAnotherImage(image, node, seen, local)) is { } before)
            {
                changes.Add(Change("installer", before, image.Name));
            }
        }

        return changes;
    }

    /// <summary>An image that no factory made and that has no extension is what the empty schematic gives.</summary>
    private static bool RunsSchematic(BootObservation boot, string wanted) =>
        boot.SchematicId == wanted || (boot is { SchematicId: null, Extensions.Count: 0 } && wanted == Schematic.Empty.Id);

    private static IEnumerable<ConfigChange> SchematicChanges(NodeImage image, BootObservation boot)
    {
        var changes = new List<ConfigChange>();
        // An image without a schematic and without extensions has nothing added.
        if (image.Schematic is { } wanted && (boot.Schematic ?? (boot is { SchematicId: null, Extensions.Count: 0 } ? Schematic.Empty : null)) is { } runs)
        {
            changes.AddRange(Differences("kernelArguments", runs.KernelArguments, wanted.KernelArguments));
            changes.AddRange(Differences("extensions", runs.Extensions, wanted.Extensions));
        }

        return changes.Append(Change("schematic", boot.SchematicId, image.SchematicId));
    }

    private static IEnumerable<ConfigChange> Differences(string path, IReadOnlyList<string> before, IReadOnlyList<string> after) =>
    [
        .. before.Except(after).Select(gone => Change(path, gone, null)),
        .. after.Except(before).Select(added => Change(path, null, added)),
    ];

    /// <summary>
    /// Of an image from elsewhere a node tells nothing but what is in it. Whether it is another one than the node was installed
    /// by is known from the config that the node has, until the new config is there, and from what an earlier run noted.
    /// </summary>
    /// <returns>The image in the node's config; null when it is the wanted one.</returns>
    private static string? IsAnotherImage(NodeImage image, NodeSpec node, NodeObservation seen, LocalObservation local)
    {
        var live = seen.Config is { } config ? InstallImages.In(config.Reveal()) : null;
        return live is null || live == image.Reference || image.IsStock || local.Upgraded.GetValueOrDefault(node.Name) == new UpgradeRecord(image.Reference, null) ? null : live;
    }

    /// <summary>
    /// The config names only what the node was installed by at first. Of a node that no run on this machine has installed or
    /// upgraded nothing is known, and one that shows no difference is not taken down to find out.
    /// </summary>
    /// <returns>What the node runs; null when it is that archive's image.</returns>
    private static string? IsAnotherArchive(string archive, NodeSpec node, NodeObservation seen, LocalObservation local) =>
        local.Archives.GetValueOrDefault(archive)?.Digest is not { } digest || local.Upgraded.GetValueOrDefault(node.Name) is not { } record
            // Written in another boot than this one: it has rebooted into it since.
            || (record.Image == digest && (record.WrittenIn is null || record.WrittenIn != seen.BootId))
            ? null
            : record.Image;

    private static List<ConfigChange> ArgumentChanges(ClusterSpec spec, NodeSpec node, NodeImage image, BootObservation boot) =>
        ArgumentPlaces.Of(spec, node) == ArgumentPlace.MachineConfig && boot is { Uki: false, Cmdline: { } cmdline }
            ? [.. image.KernelArguments.Except(cmdline.Split(' ')).Select(argument => Change("kernelArguments", null, argument))]
            : [];

    private static ConfigChange Change(string path, string? before, string? after) => new()
    {
        Kind = before is null ? ChangeKind.Added : after is null ? ChangeKind.Removed : ChangeKind.Changed,
        Document = "image",
        Path = path,
        Before = before,
        After = after,
    };
}
