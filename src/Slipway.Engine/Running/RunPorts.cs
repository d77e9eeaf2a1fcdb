using Slipway.Engine.Ports;

namespace Slipway.Engine.Running;

/// <summary>The outside world of a run.</summary>
public sealed record RunPorts
{
    public required ITalosFleet Fleet { get; init; }

    public required IClusterConnector Clusters { get; init; }

    public required IHelm Helm { get; init; }

    public required IReporter Reporter { get; init; }

    public required TimeProvider Time { get; init; }
}
