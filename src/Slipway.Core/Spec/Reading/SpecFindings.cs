using Slipway.Core.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.Spec.Reading;

/// <summary>Collects findings about one file.</summary>
internal sealed class SpecFindings(string file)
{
    private readonly List<Diagnostic> _all = [];

    public ICollection<Diagnostic> Sink => _all;

    public bool HasErrors => _all.Any(finding => finding.Severity == Severity.Error);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<Diagnostic> Sorted => [.. _all.OrderBy(finding => finding.Line).ThenBy(finding => finding.Column)];

    public void Error(SpecValue at, string message, string? expected = null, string? hint = null) =>
        Add(Severity.Error, at.Path, at.Node, message, expected, hint);

    public void Warning(SpecValue at, string message, string? expected = null, string? hint = null) =>
        Add(Severity.Warning, at.Path, at.Node, message, expected, hint);

    public void Error(string path, YamlNode at, string message, string? expected = null, string? hint = null) =>
        Add(Severity.Error, path, at, message, expected, hint);

    public void WholeFile(string message, string? expected, string? hint) => _all.Add(new Diagnostic
    {
        Severity = Severity.Error,
        File = file,
        Line = 1,
        Column = 1,
        Message = message,
        Expected = expected,
        Hint = hint,
    });

    private void Add(Severity severity, string path, YamlNode at, string message, string? expected, string? hint) => _all.Add(new Diagnostic
    {
        Severity = severity,
        File = file,
        Line = Math.Max((int)at.Start.Line, 1),
        Column = Math.Max((int)at.Start.Column, 1),
        Path = path,
        Message = message,
        Expected = expected,
        Hint = hint,
    });
}
