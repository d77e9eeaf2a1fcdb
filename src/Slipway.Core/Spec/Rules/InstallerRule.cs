using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>An installer image installs the Talos that its tag names, whatever the spec says beside it.</summary>
internal sealed class InstallerRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var image = root.Find("talos", "installer");
        if (image is not null && Mismatch(image, root.Find("talos", "version")) is { } tag)
        {
            findings.Error(image, $"the installer's tag is {tag.Installed}, but talos.version is {tag.Wanted}", "the same version in both places");
        }

        CheckOwn(root, findings);
        foreach (var node in root.ItemsOf("nodes"))
        {
            var version = node.Find("talos", "version") ?? root.Find("talos", "version");
            var profile = node.TextOf("profile") is { } name ? root.Find("profiles")?.Entries.GetValueOrDefault(name) : null;
            if (node.Find("talos", "installer") is null && profile?.Find("installer") is { } shared && Mismatch(shared, version) is { } other)
            {
                findings.Error(node.Find("profile")!, $"the node shall run {other.Wanted}, but the installer of its profile is of {other.Installed}", "the same version in both places");
            }
        }
    }

    private static void CheckOwn(SpecValue root, SpecFindings findings)
    {
        var image = root.Find("talos", "installer");
        foreach (var node in root.ItemsOf("nodes").Where(node => node.Find("talos", "version") is not null))
        {
            var (version, own) = (node.Find("talos", "version"), node.Find("talos", "installer"));
            if (own is not null && Mismatch(own, version) is { } mismatch)
            {
                findings.Error(own, $"the installer's tag is {mismatch.Installed}, but the node's version is {mismatch.Wanted}", "the same version in both places");
            }
            else if (own is null && image is not null && Mismatch(image, version) is { } other)
            {
                findings.Error(version!, $"the node shall run {other.Wanted}, but talos.installer is of {other.Installed}", "an installer of the node's version under talos.installer of the node");
            }
        }
    }

    private static (string Installed, ReleaseVersion Wanted)? Mismatch(SpecValue image, SpecValue? version)
    {
        var name = image.Text.Split('@')[0];
        var tag = name[(name.LastIndexOf('/') + 1)..] is var last && last.Contains(':', StringComparison.Ordinal) ? last[(last.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        return version is not null && ReleaseVersion.Parse(version.Text) is var wanted && ReleaseVersion.TryParse(tag, out var installed) && installed != wanted ? (tag, wanted) : null;
    }
}
