namespace Slipway.Agent.Stake;

/// <summary>What the cluster's gossip says of this very node.</summary>
/// <param name="ShredVersion">0 when it says none.</param>
/// <param name="Ports">Its UDP and TCP ports by what is spoken there.</param>
internal sealed record OwnContact(ushort ShredVersion, IReadOnlyList<LearntPort> Ports);
