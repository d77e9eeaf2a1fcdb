using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>An installer image installs the Talos that its tag names, whatever the spec says beside it.</summary>
internal sealed class InstallerRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("talos", "installer") is not { } image || root.TextOf("talos", "version") is not { } version)
        {
            return;
        }

        var name = image.Text.Split('@')[0];
        var tag = name[(name.LastIndexOf('/') + 1)..] is var last && last.Contains(':', StringComparison.Ordinal) ? last[(last.IndexOf(':', StringComparison.Ordinal) + 1)..] : "";
        var talos = ReleaseVersion.Parse(version);
        if (ReleaseVersion.TryParse(tag, out var installed) && installed != talos)
        {
            findings.Error(image, $"the installer's tag is {tag}, but talos.version is {talos}", "the same version in both places");
        }
    }
}
