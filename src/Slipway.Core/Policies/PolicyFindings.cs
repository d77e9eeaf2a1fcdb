using Slipway.Core.Diagnostics;
using Slipway.Core.Planning;

namespace Slipway.Core.Policies;

/// <summary>Collects what is wrong with one policy; it has no file of its own, so findings carry the object's name.</summary>
internal sealed class PolicyFindings(ManifestId id, ICollection<Diagnostic> findings)
{
    public void Error(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Error, path, message, expected, hint);

    public void Warning(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Warning, path, message, expected, hint);

    private void Add(Severity severity, string path, string message, string? expected, string? hint) => findings.Add(new Diagnostic
    {
        Severity = severity,
        File = id.ToString(),
        Line = 0,
        Column = 0,
        Path = path,
        Message = message,
        Expected = expected,
        Hint = hint,
    });
}
