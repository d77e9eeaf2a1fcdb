namespace Slipway.Agent.Configuration;

/// <summary>A configuration, or everything that is wrong with it.</summary>
internal sealed record ConfigResult(AgentConfig? Config, IReadOnlyList<Finding> Findings);
