using Slipway.Xdp.Status;

namespace Slipway.Xdp.Maps;

/// <summary>The roles of local ports, by protocol. A port that is not named is not guarded.</summary>
public sealed record PortRoles
{
    public IReadOnlyDictionary<ushort, PortRole> Udp { get; init; } = new Dictionary<ushort, PortRole>();

    public IReadOnlyDictionary<ushort, PortRole> Tcp { get; init; } = new Dictionary<ushort, PortRole>();

    /// <summary>Ranges by port; of ranges that overlap the first counts.</summary>
    public static PortRoles Of(IEnumerable<PortStatus> ranges)
    {
        ArgumentNullException.ThrowIfNull(ranges);
        var (udp, tcp) = (new Dictionary<ushort, PortRole>(), new Dictionary<ushort, PortRole>());
        foreach (var range in ranges)
        {
            for (int port = range.First; port <= range.Last; port++)
            {
                (range.Protocol == "udp" ? udp : tcp).TryAdd((ushort)port, range.Role);
            }
        }

        return new PortRoles { Udp = udp, Tcp = tcp };
    }
}
