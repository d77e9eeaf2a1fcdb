namespace Slipway.Xdp.Maps;

/// <summary>The roles of local ports, by protocol. A port that is not named is not guarded.</summary>
public sealed record PortRoles
{
    public IReadOnlyDictionary<ushort, PortRole> Udp { get; init; } = new Dictionary<ushort, PortRole>();

    public IReadOnlyDictionary<ushort, PortRole> Tcp { get; init; } = new Dictionary<ushort, PortRole>();
}
