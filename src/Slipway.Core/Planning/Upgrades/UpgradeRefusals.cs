using Slipway.Core.Installers;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Core.Planning.Upgrades;

/// <summary>Upgrades that would harm a node, found before the first one begins.</summary>
public static class UpgradeRefusals
{
    /// <summary>Why a node must not be upgraded as the spec wants; null when it may.</summary>
    public static UpgradeRefusal? Of(ClusterSpec spec, NodeSpec node, NodeObservation seen)
    {
        if (seen is not { Talos: { } runs, Boot: { } boot })
        {
            return null;
        }

        var image = NodeImage.Of(spec, node);
        return Lost(spec, image, boot) is { Count: > 0 } lost
            ? new UpgradeRefusal(
                node.Name,
                $"the upgrade to {image.Name} would drop {(lost.Count == 1 ? "the extension" : "the extensions")} {string.Join(", ", lost)}",
                $"an image that carries {string.Join(", ", lost)}",
                "name them under talos.extensions (or in an installer of your own); what may go, under talos.dropExtensions")
            : image.Archive is not null && !runs.IsAtLeast(1, 13)
            ? new UpgradeRefusal(
                node.Name,
                $"Talos {runs} takes no image that is sent to it",
                "a node of Talos 1.13 or later",
                "upgrade it to 1.13 by an installer from a registry first: put 'installer' in the place of 'installerArchive' for that run")
            : Versions(node, runs, image.Talos);
    }

    /// <summary>Extensions that the node has and that the image, by all that is known of it, has not.</summary>
    private static List<string> Lost(ClusterSpec spec, NodeImage image, BootObservation boot) =>
        boot.SchematicId is { } id && id == image.SchematicId
            ? []
            : [.. boot.Extensions.Select(extension => extension.Name).Except(image.Extensions).Except(spec.DropExtensions).Order(StringComparer.Ordinal)];

    /// <summary>
    /// Talos takes hosts up to two lines older (pkg/machinery/compatibility, MinimumHostUpgradeVersion of talos110 to talos114).
    /// It would take newer ones too, but the config on such a node may have kinds that the older line does not know, and it
    /// would come up in maintenance mode.
    /// </summary>
    private static UpgradeRefusal? Versions(NodeSpec node, ReleaseVersion runs, ReleaseVersion wanted) =>
        runs.Major != wanted.Major || wanted.Minor - runs.Minor > 2
            ? new UpgradeRefusal(node.Name, $"Talos {wanted} does not upgrade nodes of {runs.Line}", $"a step of at most two minor versions from {runs}", $"put talos.version to {runs.Major}.{runs.Minor + 2} first, or less")
            : wanted.Minor < runs.Minor
                ? new UpgradeRefusal(node.Name, $"Talos {wanted} is an older line than the {runs} that the node runs, and may not understand the config on its disk", $"{runs.Line} or later", "'talosctl rollback' goes back to the image before the last upgrade")
                : null;
}

/// <param name="Message">What would happen.</param>
public sealed record UpgradeRefusal(string Node, string Message, string Expected, string Hint);
