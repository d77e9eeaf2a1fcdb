namespace Slipway.Agent.Stake;

/// <summary>The stake could not be learnt: said in words, and the last good table stays.</summary>
internal sealed class StakeException(string message) : Exception(message);
