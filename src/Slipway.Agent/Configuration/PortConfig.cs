using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>Ports that are guarded, and what speaks on them: content is checked only where a role says what to expect.</summary>
internal sealed record PortConfig
{
    /// <summary>
    /// The validator's habitual ports. Which of 8000-8002 is gossip and which is TVU depends on its flags, so they are guarded
    /// without a look at their content until a role is configured or learnt.
    /// </summary>
    public static IReadOnlyList<PortConfig> Defaults { get; } =
    [
        new() { Ports = new PortRange(TransportProtocol.Udp, 8000, 8002), Role = PortRole.Guarded },
        new() { Ports = new PortRange(TransportProtocol.Tcp, 8899, 8900), Role = PortRole.Rpc },
    ];

    public required PortRange Ports { get; init; }

    public required PortRole Role { get; init; }
}
