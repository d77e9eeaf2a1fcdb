using Slipway.Core.Spec.Reading;
using Slipway.Core.Versions;

namespace Slipway.Core.Spec.Rules;

/// <summary>Cilium is one whose values Slipway writes; outside what it was tested on upstream is told, not refused.</summary>
internal sealed class CiliumVersionRule : ISpecRule
{
    public void Check(SpecValue root, SpecFindings findings)
    {
        var value = root.Find("cilium", "version");
        var cilium = value is null ? CiliumSpec.DefaultVersion : ReleaseVersion.Parse(value.Text);
        if (CiliumRelease.Of(cilium) is not { } release)
        {
            findings.Error(value ?? root, $"Cilium {cilium} is not supported", $"a release of {CiliumRelease.SupportedRange}");
            return;
        }

        if (root.Find("kubernetes", "version") is not { } at)
        {
            return;
        }

        var kubernetes = ReleaseVersion.Parse(at.Text);
        if (release.TestedRange is null)
        {
            findings.Warning(value ?? at, $"Slipway does not know which Kubernetes Cilium {release.Line} was tested on", null, $"look for Kubernetes {kubernetes.Line} at https://docs.cilium.io/en/v{release.Line}/network/kubernetes/compatibility/");
        }
        else if (release.WasTestedOn(kubernetes) is false)
        {
            findings.Warning(
                value ?? at,
                $"Cilium {release.Line} was not tested upstream on Kubernetes {kubernetes.Line}",
                $"Kubernetes {release.TestedRange}",
                "rehearse the run and try it on one cluster that may break, or choose a newer Cilium");
        }
    }
}
