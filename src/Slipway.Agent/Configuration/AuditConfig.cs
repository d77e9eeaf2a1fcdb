namespace Slipway.Agent.Configuration;

/// <summary>A file of sampled drops, a JSON object a line.</summary>
internal sealed record AuditConfig
{
    public required string Path { get; init; }

    /// <summary>Lines over the rate are counted, not written; the next line says how many.</summary>
    public int LinesPerSecond { get; init; } = 20;

    /// <summary>Bytes after which the file is put aside and a new one begins.</summary>
    public long MaxBytes { get; init; } = 8 << 20;

    /// <summary>How many files are kept, the one being written included.</summary>
    public int Files { get; init; } = 4;
}
