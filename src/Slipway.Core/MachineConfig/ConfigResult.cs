using Slipway.Core.Diagnostics;
using Slipway.Core.Secrets;

namespace Slipway.Core.MachineConfig;

/// <summary>A machine config that was patched, generated or rendered, or the findings that tell why there is none.</summary>
/// <param name="Config">Multi-document YAML; null when <paramref name="Findings"/> has an error.</param>
public sealed record ConfigResult(Sensitive? Config, IReadOnlyList<Diagnostic> Findings)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}
