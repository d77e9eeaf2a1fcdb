using Slipway.Core.Diagnostics;

namespace Slipway.Core.Planning.Preflight;

/// <summary>Something about a machine, or about this one, that should be settled before the first change.</summary>
/// <param name="Node">Null when it is about the cluster or the machine that Slipway runs on.</param>
public sealed record PreflightFinding(Severity Severity, string? Node, string Check, string Expected, string Found, string Hint)
{
    public override string ToString() => $"{(Node is null ? "" : $"{Node}: ")}{Check}: expected {Expected}, found {Found}; {Hint}";
}
