namespace Slipway.Core.Planning.Draining;

/// <summary>How nodes are drained before they reboot. Names and meanings are those of kubectl drain, which ignores DaemonSets here.</summary>
public sealed record DrainOptions
{
    /// <summary>Nodes reboot with whatever runs on them.</summary>
    public bool Skip { get; init; }

    /// <summary>For all pods of one node to leave, their time to end included; talosctl's default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Evicts pods with emptyDir volumes too, whose content is lost.</summary>
    public bool DeleteEmptyDirData { get; init; }

    /// <summary>Evicts pods too that no controller makes again.</summary>
    public bool Force { get; init; }
}
