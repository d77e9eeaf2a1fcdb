using Slipway.Core.Planning;

namespace Slipway.Engine.Running;

/// <summary>
/// One step of a run. What is to be done is planned by pure functions of Core, so that the plan an operator saw and the
/// plan that is carried out cannot be two things.
/// </summary>
internal interface IPhase
{
    /// <summary>One of <see cref="PhaseIds"/>.</summary>
    string Id { get; }

    /// <summary>As an operator reads it.</summary>
    string Title { get; }

    /// <summary>Looks at what <see cref="Plan"/> judges by.</summary>
    Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken);

    /// <summary>What is left to do; empty when nothing is. Pure.</summary>
    IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed);

    /// <summary>Does it. Safe to repeat: a run that was cut off anywhere in here is followed by another.</summary>
    Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken);

    /// <summary>What must be true before the next phase starts, and how long that may take.</summary>
    Verification Verify(RunContext run);
}
