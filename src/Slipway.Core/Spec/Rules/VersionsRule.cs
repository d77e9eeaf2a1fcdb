using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>Every Talos is one that Slipway speaks to, and Kubernetes one that all of them support.</summary>
internal sealed class VersionsRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        Check(root.Find("talos", "version"), root.Find("kubernetes", "version"), findings);
        foreach (var node in root.ItemsOf("nodes"))
        {
            Check(node.Find("talos", "version"), root.Find("kubernetes", "version"), findings);
        }
    }

    private static void Check(SpecValue? talosValue, SpecValue? kubernetesValue, SpecFindings findings)
    {
        if (talosValue is null)
        {
            return;
        }

        var talos = ReleaseVersion.Parse(talosValue.Text);
        if (TalosRelease.Of(talos) is not { } release)
        {
            findings.Error(talosValue, $"Talos {talos} is not supported", $"a release of {TalosRelease.SupportedRange}");
            return;
        }

        if (kubernetesValue is not null && ReleaseVersion.Parse(kubernetesValue.Text) is var kubernetes && !release.Supports(kubernetes))
        {
            var fitting = TalosRelease.Supported.Where(other => other.Supports(kubernetes)).Select(other => other.Line).ToList();
            findings.Error(
                talosValue.Path == "talos.version" ? kubernetesValue : talosValue,
                $"Kubernetes {kubernetes} does not go with Talos {talos}",
                $"Kubernetes {release.KubernetesRange}",
                fitting.Count == 0 ? null : $"Talos {string.Join(", ", fitting)} would support it");
        }
    }
}
