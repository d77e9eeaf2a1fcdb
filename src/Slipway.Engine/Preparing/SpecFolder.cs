using Slipway.Core.Diagnostics;
using Slipway.Core.Failures;
using Slipway.Core.MachineConfig;
using Slipway.Core.Spec;

namespace Slipway.Engine.Preparing;

/// <summary>Where cluster.yaml lies: the paths in it are relative to that folder, not to where the user stands.</summary>
/// <param name="file">What findings call cluster.yaml.</param>
public sealed class SpecFolder(string file, string folder)
{
    public string File { get; } = file;

    public string Path { get; } = folder;

    public string Resolve(string path) => System.IO.Path.GetFullPath(path, Path);

    /// <summary>Null, and a finding, when the file cannot be read.</summary>
    public PatchSource? Read(string path, int line, ICollection<Diagnostic> findings)
    {
        try
        {
            return new PatchSource(path, System.IO.File.ReadAllText(Resolve(path)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            findings.Add(new Diagnostic
            {
                Severity = Severity.Error,
                File = File,
                Line = line,
                Column = line > 0 ? 1 : 0,
                Message = $"cannot read {path}: {error.Message}",
                Hint = "paths are relative to the folder of this file",
            });
            return null;
        }
    }

    /// <summary>A patch from its file, or from the spec itself.</summary>
    public PatchSource? Read(PatchRef patch, ICollection<Diagnostic> findings) =>
        patch.Path is { } path ? Read(path, patch.Line, findings) : new PatchSource($"{File}:{patch.Line}", patch.Inline ?? "");

    /// <exception cref="BadInputException">When one of <paramref name="findings"/> is an error.</exception>
    public static void Demand(IReadOnlyList<Diagnostic> findings)
    {
        if (findings.Any(finding => finding.Severity == Severity.Error))
        {
            throw new BadInputException(findings);
        }
    }
}
