namespace Slipway.Core.MachineConfig;

public enum ChangeKind
{
    Added,
    Removed,
    Changed,
}

/// <summary>One difference between two machine configs. Values are redacted where the path is known to hold a secret.</summary>
public sealed record ConfigChange
{
    public required ChangeKind Kind { get; init; }

    /// <summary><c>v1alpha1</c>, or kind and name such as <c>LinkConfig/enp1s0</c>.</summary>
    public required string Document { get; init; }

    /// <summary>Dotted path inside the document; empty when the whole document came or went.</summary>
    public required string Path { get; init; }

    /// <summary>One line, redacted; null when added.</summary>
    public string? Before { get; init; }

    /// <summary>One line, redacted; null when removed.</summary>
    public string? After { get; init; }

    /// <summary>What a plan has to say about this very change, such as <c>tried for 1m first</c>; null when nothing.</summary>
    public string? Note { get; init; }
}
