using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>Nodes take images that are sent to them since Talos 1.13 (ImageService.Import).</summary>
internal sealed class InstallerArchiveRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        foreach (var node in root.ItemsOf("nodes"))
        {
            var version = node.Find("talos", "version") ?? root.Find("talos", "version");
            if (version is not null && !ReleaseVersion.Parse(version.Text).IsAtLeast(1, 13) && Archive(root, node) is { } archive)
            {
                findings.Error(
                    archive,
                    $"{node.TextOf("name")} shall run Talos {version.Text}, which takes installers from registries only",
                    "Talos 1.13 or later, or no archive",
                    "push the archive to a registry that the nodes reach (skopeo copy docker-archive:FILE docker://REFERENCE) and name it under 'installer'");
                return;
            }
        }
    }

    /// <summary>The node's word goes before its profile's, and that before the cluster's.</summary>
    private static SpecValue? Archive(SpecValue root, SpecValue node)
    {
        var profile = node.TextOf("profile") is { } name ? root.Find("profiles")?.Entries.GetValueOrDefault(name) : null;
        var word = new[] { node.Find("talos"), profile, root.Find("talos") }.FirstOrDefault(value => (value?.Find("installer") ?? value?.Find("installerArchive")) is not null);
        return word?.Find("installerArchive");
    }
}
