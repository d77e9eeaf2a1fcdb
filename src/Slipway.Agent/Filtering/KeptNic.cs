using Slipway.Xdp.Attaching;

namespace Slipway.Agent.Filtering;

/// <summary>An interface that the agent keeps, and how it was left.</summary>
/// <param name="Key">Of the device: another one may get its number.</param>
internal sealed record KeptNic(string Key, GuardedNic Guard)
{
    public SlotPolicy Slot { get; set; }

    /// <summary>Null until it was attached, and after a failure.</summary>
    public AttachReport? Report { get; set; }

    /// <summary>In <see cref="Environment.TickCount64"/>: a followed slot rests after a failure.</summary>
    public long RestUntil { get; set; }
}
