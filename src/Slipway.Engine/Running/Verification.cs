namespace Slipway.Engine.Running;

public sealed record Verification(IReadOnlyList<Condition> Conditions, TimeSpan Timeout)
{
    public static Verification None { get; } = new([], TimeSpan.Zero);

    /// <summary>What is looked at once all of this is met; null when that is all.</summary>
    public Verification? Then { get; init; }
}
