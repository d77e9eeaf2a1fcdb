namespace Slipway.Agent.Configuration;

/// <summary>One thing that is wrong with a configuration file. Findings are values: all are collected, then all are told.</summary>
internal sealed record Finding
{
    /// <summary>1-based; 0 when the finding is about the whole file.</summary>
    public required int Line { get; init; }

    /// <summary>1-based, in bytes; 0 when the finding is about the whole file.</summary>
    public required int Column { get; init; }

    /// <summary>Such as <c>ports[2].role</c>; empty for the whole file.</summary>
    public string Path { get; init; } = "";

    /// <summary>What is wrong, with the value that was found.</summary>
    public required string Message { get; init; }

    public string? Expected { get; init; }

    /// <summary>What to try.</summary>
    public string? Hint { get; init; }

    /// <summary><c>file:line:col: path: what; expected …; hint: …</c>, the form that editors jump to.</summary>
    public string In(string file)
    {
        var place = Line > 0 ? $"{file}:{Line}:{Column}" : file;
        var path = Path.Length > 0 ? $"{Path}: " : "";
        var expected = Expected is null ? "" : $"; expected {Expected}";
        var hint = Hint is null ? "" : $"; hint: {Hint}";
        return $"{place}: {path}{Message}{expected}{hint}";
    }
}
