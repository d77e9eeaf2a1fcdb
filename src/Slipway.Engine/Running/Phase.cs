using Slipway.Core.Planning;

namespace Slipway.Engine.Running;

/// <summary>A phase with the defaults: looks at nothing, plans nothing, does nothing, verifies nothing.</summary>
internal abstract class Phase : IPhase
{
    public abstract string Id { get; }

    public abstract string Title { get; }

    public virtual Task ObserveAsync(RunContext run, Observer observer, CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual IReadOnlyList<PlannedAction> Plan(DesiredState desired, ObservedState observed) => [];

    public virtual Task ApplyAsync(RunContext run, IReadOnlyList<PlannedAction> actions, CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Verification Verify(RunContext run) => Verification.None;
}
