using Slipway.Core.Diagnostics;

namespace Slipway.Core.Spec;

/// <summary>A spec that can be used, and everything that was found in it.</summary>
/// <param name="Spec">Null when <paramref name="Findings"/> has an error.</param>
/// <param name="Findings">In the order of the file; warnings too.</param>
public sealed record SpecResult(ClusterSpec? Spec, IReadOnlyList<Diagnostic> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}
