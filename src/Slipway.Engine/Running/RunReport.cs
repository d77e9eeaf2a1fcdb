using Slipway.Core.Planning;
using Slipway.Engine.Reporting;

namespace Slipway.Engine.Running;

/// <summary>How a run ended; kept as report.json beside its journal.</summary>
public sealed record RunReport
{
    public required string Cluster { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Elapsed { get; init; }

    public required IReadOnlyList<PhaseReport> Phases { get; init; }

    /// <summary>Every effect that the run had, in order.</summary>
    public required IReadOnlyList<PlannedAction> Done { get; init; }

    public required IReadOnlyList<NodeReport> Nodes { get; init; }

    public required string Kubeconfig { get; init; }

    public required string Talosconfig { get; init; }

    public required string JournalFolder { get; init; }

    /// <summary>Things an operator should know although the run succeeded.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

public sealed record PhaseReport(string Phase, string Title, PhaseOutcome Outcome, int Effects, TimeSpan Elapsed);

public sealed record NodeReport(string Name, string Address, string Role, string? Talos, string State);
