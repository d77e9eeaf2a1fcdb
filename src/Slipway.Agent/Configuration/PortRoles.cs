namespace Slipway.Agent.Configuration;

/// <summary>The roles' words in files and output, and what they speak.</summary>
internal static class PortRoles
{
    private static readonly (string Word, PortRole Role)[] Table =
    [
        ("any", PortRole.Any),
        ("gossip", PortRole.Gossip),
        ("tvu", PortRole.Tvu),
        ("tpu-quic", PortRole.TpuQuic),
        ("vote", PortRole.Vote),
        ("repair", PortRole.Repair),
        ("serve-repair", PortRole.ServeRepair),
        ("rpc", PortRole.Rpc),
    ];

    public static ReadOnlySpan<(string Word, PortRole Role)> Words => Table;

    public static string NameOf(PortRole role) => Table.First(entry => entry.Role == role).Word;

    /// <summary>Null for a role that both may carry: gossip answers TCP on its own port, for a joining node that asks for its address.</summary>
    public static TransportProtocol? ProtocolOf(PortRole role) => role switch
    {
        PortRole.Any or PortRole.Gossip => null,
        PortRole.Rpc => TransportProtocol.Tcp,
        _ => TransportProtocol.Udp,
    };
}
