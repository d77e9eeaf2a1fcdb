namespace Slipway.Core.Planning;

/// <summary>All that a run would do, in the order in which it would do it.</summary>
public sealed record Plan(IReadOnlyList<PlannedAction> Actions, IReadOnlyList<string> Warnings)
{
    public bool IsEmpty => Actions.Count == 0;
}
