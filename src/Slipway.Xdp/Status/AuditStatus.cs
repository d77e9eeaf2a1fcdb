namespace Slipway.Xdp.Status;

/// <summary>The audit log of sampled drops.</summary>
public sealed record AuditStatus
{
    public required string Path { get; init; }

    public required long Written { get; init; }

    /// <summary>Samples that the rate limit kept out.</summary>
    public required long Suppressed { get; init; }

    public string? LastError { get; init; }
}
