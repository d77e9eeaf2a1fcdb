namespace Slipway.Engine.Running;

public sealed record Verification(IReadOnlyList<Condition> Conditions, TimeSpan Timeout)
{
    public static Verification None { get; } = new([], TimeSpan.Zero);
}
