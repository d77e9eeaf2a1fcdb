namespace Slipway.Agent.Affinity;

/// <summary>A file below /sys or /proc and what it shall hold.</summary>
internal sealed record KnobSetting(string Path, string Value);
