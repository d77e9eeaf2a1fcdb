using Slipway.Core.Failures;
using Slipway.Core.Planning;

namespace Slipway.Engine.Running;

/// <summary>Where a node stands, in a few words.</summary>
public static class NodeText
{
    public static string Of(NodeObservation seen) => seen.Mode switch
    {
        NodeMode.Unreachable when seen.Failure is null or { Reason: FailureReason.Unreachable or FailureReason.TimedOut } => "away",
        NodeMode.Unreachable => $"away: {seen.Failure.Message}",
        NodeMode.Maintenance when seen.Stage is NodeStage.Unknown or NodeStage.Maintenance => "in maintenance mode",
        _ when seen.Ready && seen.Stage == NodeStage.Running => "running, ready",
        _ when seen.Unmet.Count > 0 => $"{Of(seen.Stage)}, waits for {string.Join(", ", seen.Unmet.Select(unmet => unmet.Name))}",
        _ => Of(seen.Stage),
    };

    public static string Of(NodeStage stage) => stage switch
    {
        NodeStage.ShuttingDown => "shutting down",
        NodeStage.Maintenance => "in maintenance mode",
        _ => stage.ToString().ToLowerInvariant(),
    };
}
