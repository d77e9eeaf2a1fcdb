using Slipway.Xdp.Attaching;

namespace Slipway.Agent.Configuration;

/// <summary>One network interface, by exactly one of name and MAC address. A bond stands for its slaves.</summary>
internal sealed record InterfaceConfig
{
    public string? Name { get; init; }

    /// <summary>Lower case, with colons; survives a rename.</summary>
    public string? Mac { get; init; }

    public SlotPolicy Slot { get; init; } = SlotPolicy.Own;
}
