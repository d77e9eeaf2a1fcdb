namespace Slipway.Core.Doctor;

/// <summary>The checkup of some nodes: what <c>slipway doctor</c> tells.</summary>
public sealed record DoctorReport
{
    /// <summary>Null when nodes were looked at without a spec.</summary>
    public string? Cluster { get; init; }

    public required IReadOnlyList<NodeCheckup> Nodes { get; init; }

    public int Passed => Count(CheckOutcome.Pass);

    public int Warnings => Count(CheckOutcome.Warn);

    public int Failed => Count(CheckOutcome.Fail);

    public int NotApplicable => Count(CheckOutcome.NotApplicable);

    private int Count(CheckOutcome outcome) => Nodes.Sum(node => node.Count(outcome));
}
