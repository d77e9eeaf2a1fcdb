using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.Spec;
using Slipway.Core.Versions;

namespace Slipway.Cli.Composition;

/// <summary>A spec as it would be if every node ran one Talos: what an upgrade would make of the machine configs.</summary>
internal static class SpecAtVersion
{
    /// <exception cref="BadInputException">Slipway does not speak to that Talos, or it does not run the spec's Kubernetes.</exception>
    public static ClusterSpec Of(ClusterSpec spec, ReleaseVersion talos)
    {
        if (TalosRelease.Of(talos) is not { } release)
        {
            throw Bad($"Talos {talos} is not supported", $"a release of {TalosRelease.SupportedRange}");
        }

        return release.Supports(spec.Kubernetes)
            ? spec.At(talos)
            : throw Bad($"Talos {talos} does not run Kubernetes {spec.Kubernetes}, which the spec wants", $"Kubernetes {release.KubernetesRange}");
    }

    private static BadInputException Bad(string message, string expected) =>
        new([new Diagnostic { Severity = Severity.Error, File = "--talos-version", Line = 0, Column = 0, Message = message, Expected = expected }]);
}
