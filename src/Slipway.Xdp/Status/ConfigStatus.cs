namespace Slipway.Xdp.Status;

/// <summary>Which configuration is in force, and why a newer one is not.</summary>
public sealed record ConfigStatus
{
    public required string Path { get; init; }

    /// <summary>1 for the first configuration of this process; each accepted change adds one.</summary>
    public required long Generation { get; init; }

    /// <summary>True when the defaults are in force because there is no file.</summary>
    public required bool Missing { get; init; }

    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>What is wrong with the file that is there now, and what is in force instead where that was not in force before. Empty when the file is in force itself.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];
}
