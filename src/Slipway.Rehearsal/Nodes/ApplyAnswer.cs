namespace Slipway.Rehearsal.Nodes;

/// <param name="Mode">What is done, which for AUTO is decided by the node.</param>
/// <param name="Details">For people; a dry run puts its diff here, secrets and all.</param>
internal sealed record ApplyAnswer(IReadOnlyList<string> Warnings, ApplyMode Mode, string Details);
