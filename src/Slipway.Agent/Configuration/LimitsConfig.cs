using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>
/// Limits by group of sources, each role by itself. Per-source limits do not stop a flood of forged sources (each is new and has
/// a fresh burst), so strangers face a total as well.
/// </summary>
internal sealed record LimitsConfig
{
    public static IReadOnlyList<(string Word, PeerGroup Group)> Groups { get; } =
        [("unknown", PeerGroup.Unknown), ("known", PeerGroup.Known), ("staked", PeerGroup.Staked)];

    /// <summary>
    /// What passes goes up the stack in a row, a tick's worth at a time, and whatever else is in the NIC's ring waits that long: at 250
    /// ticks a second the total is 12 packets, which leaves 99 of 100 of a stakeholder's within 100 us of a flood (Floods). At 20,000
    /// packets a second it was 200 to 300 us, and a burst as large lost one in ten.
    /// </summary>
    public GroupLimits Unknown { get; init; } = new(
        new RateLimit(200, 400) { WhileNobodyIsKnown = new RateLimit(2_000, 4_000) },
        new RateLimit(3_000, 400) { WhileNobodyIsKnown = new RateLimit(20_000, 20_000) });

    public GroupLimits Known { get; init; } = new(new RateLimit(2_000, 4_000), new RateLimit(100_000, 50_000));

    /// <summary>Generous, yet a cap: addresses can be forged.</summary>
    public GroupLimits Staked { get; init; } = new(new RateLimit(5_000, 10_000), new RateLimit(400_000, 100_000));

    /// <summary>Where a role needs other limits than the rest.</summary>
    public IReadOnlyDictionary<(PortRole Role, PeerGroup Group), GroupLimits> Exceptions { get; init; } = new Dictionary<(PortRole, PeerGroup), GroupLimits>();

    public GroupLimits For(PortRole role, PeerGroup group) => Exceptions.TryGetValue((role, group), out var special) ? special : Of(group);

    public GroupLimits Of(PeerGroup group) => group switch
    {
        PeerGroup.Unknown => Unknown,
        PeerGroup.Known => Known,
        PeerGroup.Staked => Staked,
        _ => new GroupLimits(null, null),
    };
}
