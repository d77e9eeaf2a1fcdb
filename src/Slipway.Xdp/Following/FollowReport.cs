namespace Slipway.Xdp.Following;

/// <summary>How it stands with a followed slot.</summary>
/// <param name="Outcome">What was found and done.</param>
/// <param name="Program">The name of the owner's program, cut to 15 characters; empty where there is none.</param>
/// <param name="ProgramId">Its id, 0 where there is none.</param>
public sealed record FollowReport(FollowOutcome Outcome, string Program, uint ProgramId);
