using Slipway.Xdp;

namespace Slipway.Agent.Configuration;

/// <summary>The roles' words in files and output, and what they speak.</summary>
internal static class RoleWords
{
    private static readonly (string Word, PortRole Role)[] s_table =
    [
        ("guarded", PortRole.Guarded),
        ("gossip", PortRole.Gossip),
        ("tvu", PortRole.Tvu),
        ("tpu", PortRole.Tpu),
        ("tpu-quic", PortRole.TpuQuic),
        ("vote", PortRole.Vote),
        ("repair", PortRole.Repair),
        ("serve-repair", PortRole.ServeRepair),
        ("rpc", PortRole.Rpc),
        ("quic", PortRole.Quic),
    ];

    public static ReadOnlySpan<(string Word, PortRole Role)> Words => s_table;

    /// <summary>Of the last role that has counters, too: "none".</summary>
    public static string NameOf(PortRole role) => s_table.FirstOrDefault(entry => entry.Role == role).Word ?? "none";

    /// <summary>Null for a role that both may carry: gossip answers TCP on its own port, for a joining node that asks for its address.</summary>
    public static TransportProtocol? ProtocolOf(PortRole role) => role switch
    {
        PortRole.Guarded or PortRole.Gossip => null,
        PortRole.Rpc => TransportProtocol.Tcp,
        _ => TransportProtocol.Udp,
    };
}
