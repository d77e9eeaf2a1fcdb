using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>Talos is one that Slipway speaks to, and Kubernetes one that this Talos supports.</summary>
internal sealed class VersionsRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        if (root.Find("talos", "version") is not { } talosValue)
        {
            return;
        }

        var talos = ReleaseVersion.Parse(talosValue.Text);
        if (TalosRelease.Of(talos) is not { } release)
        {
            findings.Error(talosValue, $"Talos {talos} is not supported", $"a release of {TalosRelease.SupportedRange}");
            return;
        }

        if (root.Find("kubernetes", "version") is { } value && ReleaseVersion.Parse(value.Text) is var kubernetes && !release.Supports(kubernetes))
        {
            var fitting = TalosRelease.Supported.Where(other => other.Supports(kubernetes)).Select(other => other.Line).ToList();
            findings.Error(
                value,
                $"Kubernetes {kubernetes} does not go with Talos {talos}",
                $"Kubernetes {release.KubernetesRange}",
                fitting.Count == 0 ? null : $"Talos {string.Join(", ", fitting)} would support it");
        }
    }
}
