namespace Slipway.Core.Doctor;

/// <summary>What was found on one node.</summary>
public sealed record NodeCheckup
{
    public required string Node { get; init; }

    public required string Address { get; init; }

    /// <summary>Null when neither a spec nor the node says.</summary>
    public string? Role { get; init; }

    public string? Talos { get; init; }

    public required IReadOnlyList<CheckLine> Checks { get; init; }

    public int Count(CheckOutcome outcome) => Checks.Count(line => line.Outcome == outcome);
}
