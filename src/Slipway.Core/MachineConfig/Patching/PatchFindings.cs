using Slipway.Core.Diagnostics;
using YamlDotNet.RepresentationModel;

namespace Slipway.Core.MachineConfig.Patching;

/// <summary>Collects what is wrong with one patch, each finding with the patch's name, line and path.</summary>
internal sealed class PatchFindings(string patch, ICollection<Diagnostic> findings)
{
    public bool HasErrors { get; private set; }

    public string Patch => patch;

    public ICollection<Diagnostic> All => findings;

    public void Add(IEnumerable<Diagnostic> found)
    {
        foreach (var finding in found)
        {
            HasErrors |= finding.Severity == Severity.Error;
            findings.Add(finding);
        }
    }

    public void Error(YamlNode? at, string path, string message, string? expected = null, string? hint = null)
    {
        HasErrors = true;
        Add(Severity.Error, at, path, message, expected, hint);
    }

    public void Warning(YamlNode? at, string path, string message, string? hint = null) => Add(Severity.Warning, at, path, message, null, hint);

    private void Add(Severity severity, YamlNode? at, string path, string message, string? expected, string? hint) => findings.Add(new Diagnostic
    {
        Severity = severity,
        File = patch,
        Line = (int)(at?.Start.Line ?? 0),
        Column = (int)(at?.Start.Column ?? 0),
        Path = path,
        Message = message,
        Expected = expected,
        Hint = hint,
    });
}
