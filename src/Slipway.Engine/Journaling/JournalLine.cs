namespace Slipway.Engine.Journaling;

public enum JournalLineKind
{
    Intend,
    Done,
    Failed,
    Note,
}

/// <summary>One line of journal.ndjson.</summary>
public sealed record JournalLine
{
    public required DateTimeOffset Time { get; init; }

    public required JournalLineKind Kind { get; init; }

    /// <summary>The effect's number in its run, from 1; 0 for notes.</summary>
    public int Effect { get; init; }

    public string? Phase { get; init; }

    public string? Target { get; init; }

    /// <summary>What is intended, why it failed, or what kind of note it is.</summary>
    public string? Text { get; init; }

    public object? Payload { get; init; }
}
