using Slipway.Core.Diagnostics;

namespace Slipway.Extension.Checking;

/// <summary>Findings about one image. A hostile archive may deserve a million of them; a reader is served by the first few hundred.</summary>
internal sealed class FindingList(string image)
{
    private const int Most = 200;

    private readonly List<Diagnostic> _all = [];

    public string Image => image;

    public IReadOnlyList<Diagnostic> All => _all;

    public bool HasErrors => _all.Any(finding => finding.Severity == Severity.Error);

    /// <param name="path">Where in the image.</param>
    public void Error(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Error, path, message, expected, hint);

    /// <inheritdoc cref="Error"/>
    public void Warning(string path, string message, string? expected = null, string? hint = null) => Add(Severity.Warning, path, message, expected, hint);

    /// <summary>About a text inside of the image; their file name is <see cref="FileIn"/>.</summary>
    public void AddRange(IEnumerable<Diagnostic> findings)
    {
        foreach (var finding in findings)
        {
            Add(finding);
        }
    }

    public string FileIn(string path) => $"{image}/{path}";

    private void Add(Severity severity, string path, string message, string? expected, string? hint) => Add(new Diagnostic
    {
        Severity = severity,
        File = image,
        Line = 0,
        Column = 0,
        Path = Printable(path),
        Message = message,
        Expected = expected,
        Hint = hint,
    });

    private void Add(Diagnostic finding)
    {
        if (_all.Count < Most)
        {
            _all.Add(finding);
        }
        else if (_all.Count == Most)
        {
            _all.Add(new Diagnostic { Severity = Severity.Error, File = image, Line = 0, Column = 0, Message = $"more than {Most} findings: the rest is not told" });
        }
    }

    /// <summary>Names come from the archive, and go to a terminal.</summary>
    private static string Printable(string path) => string.Concat((path.Length > 200 ? path[..200] + "…" : path).Select(c => char.IsControl(c) ? '?' : c));
}
