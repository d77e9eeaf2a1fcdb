namespace Slipway.Core.Diagnostics;

/// <summary>How much a finding weighs: an error stops what was asked for, a warning is only told.</summary>
public enum Severity
{
    Error,
    Warning,
}

/// <summary>
/// One finding about a file that somebody wrote. Findings are values: they are collected, and all are told at once.
/// </summary>
public sealed record Diagnostic
{
    public required Severity Severity { get; init; }

    /// <summary>The file as the user named it, or <c>-</c> for standard input.</summary>
    public required string File { get; init; }

    /// <summary>1-based; 0 when the finding is about the whole file.</summary>
    public required int Line { get; init; }

    /// <summary>1-based; 0 when the finding is about the whole file.</summary>
    public required int Column { get; init; }

    /// <summary>Where in the document, in dotted form such as <c>nodes[2].install.disk</c>; empty for the whole document.</summary>
    public string Path { get; init; } = "";

    /// <summary>What is wrong, with the value that was found.</summary>
    public required string Message { get; init; }

    /// <summary>What would have been right, or null when the message says it.</summary>
    public string? Expected { get; init; }

    /// <summary>What to try, or null.</summary>
    public string? Hint { get; init; }

    /// <summary><c>file:line:col: error: what; expected …; hint: …</c>, the form that editors jump to.</summary>
    public override string ToString()
    {
        var place = Line > 0 ? $"{File}:{Line}:{Column}" : File;
        var path = Path.Length > 0 ? $"{Path}: " : "";
        var expected = Expected is null ? "" : $"; expected {Expected}";
        var hint = Hint is null ? "" : $"; hint: {Hint}";
        return $"{place}: {(Severity == Severity.Error ? "error" : "warning")}: {path}{Message}{expected}{hint}";
    }
}
