using Slipway.Core.Diagnostics;

namespace Slipway.Core.Cilium;

/// <summary>Collects findings about values and knows where in cluster.yaml the user wrote each.</summary>
internal sealed class ValueFindings(
    string file, int line, IReadOnlyDictionary<string, (int Line, int Column)> places, ICollection<Diagnostic> findings)
{
    public void Error(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Error, path, message, expected, hint);

    public void Warning(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Warning, path, message, expected, hint);

    private void Add(Severity severity, string path, string message, string? expected, string? hint)
    {
        // A generated value stands nowhere in the file: the section as a whole is named instead.
        var at = places.TryGetValue(path, out var place) ? place : (Line: line, Column: line > 0 ? 1 : 0);
        findings.Add(new Diagnostic
        {
            Severity = severity,
            File = file,
            Line = at.Line,
            Column = at.Column,
            Path = CiliumValues.Dotted(path),
            Message = message,
            Expected = expected,
            Hint = hint,
        });
    }
}
