namespace Slipway.Agent.Configuration;

/// <summary>
/// Limits by class. Per-source limits do not stop a flood of forged sources (each is new and has a fresh burst), so strangers
/// face an aggregate limit too.
/// </summary>
internal sealed record LimitsConfig
{
    /// <summary>All stakeholders together; generous, because addresses can be forged.</summary>
    public RateLimit Stakeholders { get; init; } = new(400_000, 100_000);

    /// <summary>All known sources together.</summary>
    public RateLimit Known { get; init; } = new(100_000, 50_000);

    /// <summary>Each stranger.</summary>
    public RateLimit UnknownSource { get; init; } = new(200, 400);

    /// <summary>All strangers together.</summary>
    public RateLimit Unknown { get; init; } = new(20_000, 20_000);
}
